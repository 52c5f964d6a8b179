/**
 * The feature store over an hour at 30 fps: writing, ranges, curves, size, each next to the usual way (a JSON row per
 * frame) in the same run. Prints JSON lines; medians.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { featureBlocks } from '../../src-main/adapters/sqlite/feature-blocks.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { FeatureQueries } from '../../src-main/core/vision/feature-queries.ts';
import type { SeriesRecord } from '../../src-main/core/vision/ports.ts';
import { SeriesWriter } from '../../src-main/core/vision/series-writer.ts';
import { groupsOf, noiseSeries } from '../fixtures/feature-series.ts';

const FRAMES = 108_000;
const key = { identity: 'sha256:bench', version: 1, width: 640, height: 360 };
const folder = mkdtempSync(join(tmpdir(), 'kinetone-bench-'));

function medianMs(runs: number, work: (run: number) => void): number {
  const times = Array.from({ length: runs }, (_, run) => {
    const start = performance.now();
    work(run);
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN;
}

const say = (what: string, value: number, unit: string): void => console.log(JSON.stringify({ bench: 'feature-store', what, value: Number(value.toPrecision(4)), unit }));

try {
  const database = openDatabase(join(folder, 'kinetone.sqlite'), { log: silentLog });
  const blocks = featureBlocks(database);
  const series = noiseSeries(FRAMES);
  const groups = groupsOf(series, [1800]);
  const write = (identity: string): void => {
    const writer = new SeriesWriter(blocks, { ...key, identity }, { nowMs: Date.now });
    for (const group of groups) writer.append(group);
    writer.finish(3600);
  };
  const writeMs = medianMs(5, (run) => write(`sha256:other-${run}`));
  for (let run = 0; run < 5; run += 1) for (const { id } of blocks.list(`sha256:other-${run}`)) blocks.remove(id);
  database.exec('VACUUM');
  write(key.identity);
  say('write, frames per second', FRAMES / (writeMs / 1000), 'frames/s');
  database.pragma('wal_checkpoint(TRUNCATE)');
  const record = blocks.find(key) as SeriesRecord;

  const cold = (): FeatureQueries => new FeatureQueries(blocks);
  say('any 300 frames, nothing cached', medianMs(25, (run) => cold().rows(record, run * 4000, run * 4000 + 299)), 'ms');
  say('any 1800 frames, nothing cached', medianMs(25, (run) => cold().rows(record, run * 4000, run * 4000 + 1799)), 'ms');
  say('any 10000 frames, nothing cached', medianMs(9, (run) => cold().rows(record, run * 10_000, run * 10_000 + 9999)), 'ms');
  const warm = cold();
  warm.rows(record, 0, 9999);
  say('10000 frames, cached', medianMs(9, () => warm.rows(record, 0, 9999)), 'ms');
  warm.timestamps(record);
  say('curve of the hour on 1000 points, column not cached', medianMs(25, (run) => warm.curve(record, run, 0, 3600, 1000)), 'ms');
  const first = cold();
  say('curve of the hour, nothing cached', medianMs(1, () => first.curve(record, 0, 0, 3600, 1000)), 'ms');
  say('curve of a minute on 1000 points', medianMs(25, (run) => warm.curve(record, run, 1200, 1260, 1000)), 'ms');
  say('size', statSync(join(folder, 'kinetone.sqlite')).size / 1e6, 'MB');

  database.exec('CREATE TABLE rows_as_json (frame INTEGER PRIMARY KEY, document TEXT NOT NULL) STRICT');
  const put = database.prepare('INSERT OR REPLACE INTO rows_as_json VALUES (?, ?)');
  const jsonMs = medianMs(1, () => database.transaction(() => {
    for (let frame = 0; frame < FRAMES; frame += 1) put.run(frame, JSON.stringify([...series.rows.subarray(frame * 53, frame * 53 + 53)]));
  })());
  say('peer, a JSON row per frame: write', FRAMES / (jsonMs / 1000), 'frames/s');
  say('ratio of writing speeds', jsonMs / writeMs, '×');
  database.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
