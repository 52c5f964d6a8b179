/** The feature store over an hour at 30 fps, against the usual layout: one JSON row per frame. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

import Database from 'better-sqlite3';

import { systemClock } from '../../src-main/adapters/clock/system-clock.ts';
import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { featureBlocks } from '../../src-main/adapters/sqlite/feature-blocks.ts';
import { frameOfRow } from '../../src-main/contract/documents/feature-frame.ts';
import { featureLayout } from '../../src-main/contract/feature-layout.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { SeriesWriter } from '../../src-main/core/vision/series-writer.ts';
import { FeatureQueries } from '../../src-main/core/vision/index.ts';
import { noiseSeries } from '../../tests/fixtures/feature-series.ts';
import { type BenchContext, type BenchRow, median } from './row.ts';

const HOUR_FRAMES = 108_000;
const GROUP = 300;

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

interface Figures {
  readonly writeMs: number;
  readonly rangeMs: number;
  readonly curveMs: number;
  readonly megabytes: number;
}

function columnar(path: string): Figures {
  const database = openDatabase(path, { log: silentLog });
  const blocks = featureBlocks(database);
  const { rows, timestamps } = noiseSeries(HOUR_FRAMES);
  const writer = new SeriesWriter(blocks, { identity: 'bench', version: 1, width: 640, height: 360 }, systemClock);
  const writeMs = timed(() => {
    for (let at = 0; at < HOUR_FRAMES; at += GROUP) {
      writer.append({ first_frame: at, rows: rows.subarray(at * featureLayout.columns, (at + GROUP) * featureLayout.columns), timestamps: timestamps.subarray(at, at + GROUP) });
    }
    writer.finish(HOUR_FRAMES / 30);
  });
  const series = blocks.find({ identity: 'bench', version: 1, width: 640, height: 360 });
  if (!series) throw new Error('The series is not there.');
  // A fresh reader each time: nothing is in its cache.
  const rangeMs = median(Array.from({ length: 9 }, (_, i) => timed(() => new FeatureQueries(blocks).rows(series, 9000 + i * 1000, 9000 + i * 1000 + 299))));
  const curveMs = median(Array.from({ length: 9 }, () => timed(() => new FeatureQueries(blocks).curve(series, 0, 0, 3600, 1600))));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return { writeMs, rangeMs, curveMs, megabytes: statSync(path).size / 1e6 };
}

function jsonRows(path: string): Figures {
  const database = new Database(path);
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE frames (frame INTEGER PRIMARY KEY, document TEXT NOT NULL)');
  const { rows, timestamps } = noiseSeries(HOUR_FRAMES);
  const insert = database.prepare('INSERT INTO frames VALUES (?, ?)');
  const writeMs = timed(() => {
    for (let at = 0; at < HOUR_FRAMES; at += GROUP) {
      database.transaction(() => {
        for (let frame = at; frame < at + GROUP; frame += 1) {
          const row = rows.subarray(frame * featureLayout.columns, (frame + 1) * featureLayout.columns);
          insert.run(frame, JSON.stringify(frameOfRow(row, timestamps[frame] ?? 0)));
        }
      })();
    }
  });
  const read = database.prepare<[number, number], { document: string }>('SELECT document FROM frames WHERE frame BETWEEN ? AND ?');
  const rangeMs = median(Array.from({ length: 9 }, (_, i) => timed(() => void read.all(9000 + i * 1000, 9000 + i * 1000 + 299).map((row) => JSON.parse(row.document) as unknown))));
  const curveMs = timed(() => void read.all(0, HOUR_FRAMES).map((row) => (JSON.parse(row.document) as { motion: { average_magnitude: number } }).motion.average_magnitude));
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  return { writeMs, rangeMs, curveMs, megabytes: statSync(path).size / 1e6 };
}

export function featureStoreRows({ folder }: BenchContext): BenchRow[] {
  const ours = columnar(join(folder, 'columns.sqlite'));
  const peer = jsonRows(join(folder, 'rows.sqlite'));
  const rate = (ms: number): string => `${(HOUR_FRAMES / ms).toFixed(0)} k frames/s`;
  return [
    { what: 'feature store, write an hour', ours: rate(ours.writeMs), peer: `JSON row ${rate(peer.writeMs)}`, ratio: ours.writeMs / peer.writeMs, bar: '≥ 500 k frames/s' },
    { what: 'feature store, 300 frames', ours: `${ours.rangeMs.toFixed(2)} ms`, peer: `JSON row ${peer.rangeMs.toFixed(2)} ms`, ratio: ours.rangeMs / peer.rangeMs, bar: '≤ 10 ms' },
    { what: 'feature store, curve of an hour', ours: `${ours.curveMs.toFixed(2)} ms`, peer: `JSON row ${peer.curveMs.toFixed(0)} ms`, ratio: ours.curveMs / peer.curveMs, bar: '≤ 1.5 ms' },
    { what: 'feature store, size of an hour', ours: `${ours.megabytes.toFixed(1)} MB`, peer: `JSON row ${peer.megabytes.toFixed(0)} MB`, ratio: ours.megabytes / peer.megabytes, bar: '30 MB' },
  ];
}
