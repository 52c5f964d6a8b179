/** Feature series that are removed: gone at once, their rows block by block, also after a program that was closed meanwhile. */
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { openDatabase, type SqliteDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { featureBlocks } from '../../src-main/adapters/sqlite/feature-blocks.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { SeriesWriter } from '../../src-main/core/vision/series-writer.ts';
import type { FeatureBlocks } from '../../src-main/core/vision/ports.ts';
import { groupsOf, noiseSeries } from '../fixtures/feature-series.ts';
import { settled } from '../fakes/clock.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const BLOCKS = 4;

function opened(folder = tempFolder()): { database: SqliteDatabase; blocks: FeatureBlocks; rows: () => number } {
  const database = openDatabase(join(folder, 'kinetone.sqlite'), { log: silentLog });
  onTestFinished(() => void database.close());
  const rows = (): number => database.prepare<[], number>('SELECT (SELECT COUNT(*) FROM feature_blocks) + (SELECT COUNT(*) FROM feature_levels)').pluck().get() ?? 0;
  return { database, blocks: featureBlocks(database), rows };
}

function stored(blocks: FeatureBlocks, identity: string): number {
  const key = { identity, version: 1, width: 640, height: 360 };
  const writer = new SeriesWriter(blocks, key, { nowMs: () => 0 });
  for (const group of groupsOf(noiseSeries(BLOCKS * 1800), [1800])) writer.append(group);
  writer.finish(240);
  return writer.id;
}

test('a long series is gone at once, its rows block by block, and no other series loses any', async () => {
  const { blocks, rows } = opened();
  const kept = stored(blocks, 'kept');
  const ofOne = rows();
  blocks.remove(stored(blocks, 'gone'));
  expect([blocks.list('gone'), rows()]).toEqual([[], 2 * ofOne]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(rows()).toBe(2 * ofOne - ofOne / BLOCKS);
  await expect.poll(rows).toBe(ofOne);
  expect(blocks.column(kept, BLOCKS - 1, 0)).not.toBeNull();
});

test('a removal that is taken back with its transaction costs no rows', async () => {
  const { database, blocks, rows } = opened();
  const id = stored(blocks, 'film');
  const before = rows();
  const undone = database.transaction(() => {
    blocks.remove(id);
    throw new Error('taken back');
  });
  expect(() => undone()).toThrow('taken back');
  await settled();
  expect([rows(), blocks.list('film')]).toMatchObject([before, [{ id }]]);
});

test('what a closed program left is deleted when the next one opens', async () => {
  const folder = tempFolder();
  const first = opened(folder);
  first.blocks.remove(stored(first.blocks, 'gone'));
  first.database.close();
  const { rows } = opened(folder);
  await expect.poll(rows).toBe(0);
});
