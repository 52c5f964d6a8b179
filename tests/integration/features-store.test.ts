/** The feature store: the same behaviour in memory and in SQLite, and answers compared with naive ones. */
import { join } from 'node:path';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { featureBlocks } from '../../src-main/adapters/sqlite/feature-blocks.ts';
import { frameOfRow } from '../../src-main/contract/documents/feature-frame.ts';
import { featureLayout } from '../../src-main/contract/feature-layout.ts';
import type { FeatureChunk } from '../../src-main/contract/hosts/sound.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { csvOf, jsonOf } from '../../src-main/core/vision/export-features.ts';
import { FeatureQueries } from '../../src-main/core/vision/feature-queries.ts';
import { MemoryFeatureBlocks } from '../../src-main/core/vision/memory-feature-blocks.ts';
import { BLOCK_FRAMES } from '../../src-main/core/vision/ports.ts';
import type { FeatureBlocks, SeriesKey, SeriesRecord } from '../../src-main/core/vision/ports.ts';
import { SeriesWriter } from '../../src-main/core/vision/series-writer.ts';
import { groupsOf, noiseSeries } from '../fixtures/feature-series.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const { columns } = featureLayout;
const key: SeriesKey = { identity: 'sha256:a', version: 1, width: 640, height: 360 };
/** Later each time it is asked, so that every part is written. */
let now = 0;
const clock = { nowMs: () => (now += 1000) };

const stores: [string, () => FeatureBlocks][] = [
  ['in memory', () => new MemoryFeatureBlocks()],
  ['in SQLite', () => featureBlocks(openDatabase(join(tempFolder(), 'kinetone.sqlite'), { log: silentLog }))],
];

function store(blocks: FeatureBlocks, series: FeatureChunk, { sizes = [600], isComplete = true, under = key } = {}): SeriesRecord {
  const writer = new SeriesWriter(blocks, under, clock);
  for (const group of groupsOf(series, sizes)) writer.append(group);
  if (isComplete) writer.finish((series.timestamps.at(-1) ?? 0) + 1 / 30);
  return blocks.find(under) as SeriesRecord;
}

const slice = ({ rows, timestamps }: FeatureChunk, first: number, last: number): FeatureChunk => ({
  rows: rows.slice(first * columns, (last + 1) * columns),
  timestamps: timestamps.slice(first, last + 1),
});

describe.each(stores)('a series %s', (_, open) => {
  test('is found by its whole key and nothing else', () => {
    const blocks = open();
    store(blocks, noiseSeries(10));
    expect(blocks.find(key)).toMatchObject({ key, isComplete: true, frames: 10 });
    for (const other of [{ identity: 'sha256:b' }, { version: 2 }, { width: 320 }, { height: 180 }]) expect(blocks.find({ ...key, ...other })).toBeNull();
    expect(blocks.list('sha256:a')).toHaveLength(1);
  });

  test.each([1, 600, BLOCK_FRAMES - 1, BLOCK_FRAMES, BLOCK_FRAMES + 1, 2 * BLOCK_FRAMES, 4000])('of %i frames reads back bit for bit', (frames) => {
    const blocks = open();
    const series = noiseSeries(frames);
    const record = store(blocks, series);
    expect(record.frames).toBe(frames);
    expect(new FeatureQueries(blocks).rows(record, 0, frames + 100)).toEqual(series);
  });

  test('is readable while it grows, across blocks and tail', () => {
    const blocks = open();
    const series = noiseSeries(2500);
    const record = store(blocks, series, { sizes: [700], isComplete: false });
    expect(record).toMatchObject({ isComplete: false, frames: 2500 });
    const queries = new FeatureQueries(blocks);
    expect(queries.rows(record, 1700, 2100)).toEqual(slice(series, 1700, 2100));
    expect(queries.timestamps(record)).toEqual(series.timestamps);
    expect(queries.series(record, 2490, 2520, 5)).toMatchObject({ missing: [[2500, 2520]], frames: [{ frame: 2490 }, { frame: 2495 }] });
  });

  test('of an older writer is replaced only when the newer one is complete', () => {
    const blocks = open();
    const first = store(blocks, noiseSeries(50));
    const writer = new SeriesWriter(blocks, key, clock);
    for (const group of groupsOf(noiseSeries(2000, { seed: 2 }), [900])) writer.append(group);
    expect(blocks.find(key)?.id).toBe(first.id);
    writer.finish(70);
    expect(blocks.find(key)).toMatchObject({ id: writer.id, frames: 2000, endS: 70 });
    expect(blocks.list(key.identity)).toHaveLength(1);
    expect(blocks.column(first.id, 0, 0)).toBeNull();
  });

  test('whose key another writer completed first cannot be written on', () => {
    const blocks = open();
    const slow = new SeriesWriter(blocks, key, clock);
    store(blocks, noiseSeries(20));
    expect(() => slow.append(groupsOf(noiseSeries(5), [5])[0] as never)).toThrow(expect.objectContaining({ code: 'not-found', retryable: true }));
  });

  test('written in many small parts in no time is written in few', () => {
    const blocks = open();
    const writer = new SeriesWriter(blocks, key, { nowMs: () => 5 });
    const series = noiseSeries(2000);
    for (const group of groupsOf(series, [10])) writer.append(group);
    expect(blocks.find(key)?.frames).toBe(1800);
    writer.finish(67);
    expect(new FeatureQueries(blocks).rows(blocks.find(key) as SeriesRecord, 0, 1999)).toEqual(series);
  });

  test('that is discarded leaves nothing', () => {
    const blocks = open();
    const writer = new SeriesWriter(blocks, key, clock);
    for (const group of groupsOf(noiseSeries(2000), [2000])) writer.append(group);
    writer.discard();
    expect([blocks.find(key), blocks.column(writer.id, 0, 0), blocks.tail(writer.id)]).toEqual([null, null, null]);
    expect(blocks.level(writer.id, 0, 0)).toHaveLength(0);
  });

  test('is found under the new identity once the full hash is known, and twins become one', () => {
    const blocks = open();
    const early = store(blocks, noiseSeries(30), { under: { ...key, identity: 'ends:x' } });
    store(blocks, noiseSeries(30));
    blocks.adopt('ends:x', key.identity);
    expect(blocks.find(key)?.id).toBe(early.id);
    expect([blocks.list('ends:x').length, blocks.list(key.identity).length]).toEqual([0, 1]);
  });

  test('refuses frames that do not follow', () => {
    const blocks = open();
    const writer = new SeriesWriter(blocks, key, clock);
    const [first, second] = groupsOf(noiseSeries(20), [10]);
    writer.append(first as never);
    expect(() => writer.append({ ...(second as NonNullable<typeof second>), first_frame: 11 })).toThrow(/11/);
    expect(() => writer.append({ ...(second as NonNullable<typeof second>), rows: new Float32Array(53) })).toThrow();
  });
});

/** A curve without pyramid, blocks or cache: every frame that begins in a point, else the frame still shown. */
function naiveCurve({ rows, timestamps }: FeatureChunk, endS: number, question: { column: number; startS: number; endS: number; points: number }): Float32Array {
  const out = new Float32Array(question.points * 3).fill(Number.NaN);
  const isColor = question.column >= 29 && question.column < 39 && (question.column - 29) % 2 === 0;
  for (let point = 0; point < question.points; point += 1) {
    const edge = (i: number): number => question.startS + ((question.endS - question.startS) * i) / question.points;
    const inside = [...timestamps.keys()].filter((frame) => (timestamps[frame] as number) >= edge(point) && (timestamps[frame] as number) < edge(point + 1));
    const shown = timestamps.findLastIndex((at) => at < edge(point));
    const frames = inside.length > 0 ? inside : shown >= 0 && edge(point) < endS ? [shown] : [];
    if (frames.length === 0) continue;
    const values = frames.map((frame) => rows[frame * columns + question.column] as number);
    const newest = values.at(-1) as number;
    const triple = isColor ? [newest, newest, newest] : [Math.min(...values), Math.max(...values), values.reduce((sum, value) => sum + value, 0) / values.length];
    out.set(triple, point * 3);
  }
  return out;
}

function expectClose(actual: Float32Array, expected: Float32Array): void {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(actual[i], `place ${i}`).toBeNaN();
    else expect(Math.abs((actual[i] as number) - value), `place ${i}`).toBeLessThanOrEqual(Math.max(1e-6, Math.abs(value) * 1e-6));
  }
}

describe('queries', () => {
  const series = noiseSeries(4100, { isUneven: true });
  const endS = (series.timestamps.at(-1) as number) + 1 / 30;
  const blocks = new MemoryFeatureBlocks();
  const record = store(blocks, series);
  const queries = new FeatureQueries(blocks);

  test('a range with a stride has the frames asked for, in order, and says what is missing', () => {
    fc.assert(
      fc.property(fc.nat(4200), fc.nat(400), fc.integer({ min: 1, max: 90 }), (start, length, stride) => {
        const end = start + length;
        const answer = queries.series(record, start, end, stride);
        const expected = [];
        for (let frame = start; frame <= Math.min(end, 4099); frame += stride) expected.push(frame);
        expect(answer.frames.map(({ frame }) => frame)).toEqual(expected);
        const [first] = answer.frames;
        if (first) expect(first.features).toEqual(frameOfRow(slice(series, start, start).rows, series.timestamps[start] as number));
        expect(answer.missing).toEqual(end >= 4100 ? [[Math.max(start, 4100), end]] : []);
      }),
      { numRuns: 200 },
    );
  });

  test('a curve from single frames is the naive one, for any range and number of points', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: endS + 3, noNaN: true }),
        fc.double({ min: 0.001, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 300 }),
        fc.constantFrom(0, 5, 29, 31, 40, 52),
        (startS, lengthS, points, column) => {
          const question = { column, startS, endS: startS + lengthS, points };
          const frames = series.timestamps.filter((at) => at >= startS && at < startS + lengthS).length;
          fc.pre(frames / 16 < points * 4);
          expectClose(queries.curve(record, column, startS, startS + lengthS, points), naiveCurve(series, endS, question));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('a curve over everything keeps every peak, whatever level it is made from', () => {
    for (const points of [1, 3, 10, 60, 1000, 8192]) {
      for (const column of [0, 40, 52]) {
        const curve = queries.curve(record, column, 0, endS, points);
        const values = [...series.timestamps.keys()].map((frame) => series.rows[frame * columns + column] as number);
        const at = (place: number): number[] => Array.from({ length: points }, (_, i) => curve[i * 3 + place] as number);
        expect([Math.min(...at(0)), Math.max(...at(1))]).toEqual([Math.min(...values), Math.max(...values)]);
        if (points === 1) expect(curve[2]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 5);
      }
    }
  });

  test('a point made from the pyramid holds what lies in it, give or take an eighth of its width', () => {
    const points = 10;
    const width = endS / points;
    const curve = queries.curve(record, 0, 0, endS, points);
    for (let point = 0; point < points; point += 1) {
      const within = (from: number, to: number): number[] =>
        [...series.timestamps.keys()].filter((frame) => (series.timestamps[frame] as number) >= from && (series.timestamps[frame] as number) < to).map((frame) => series.rows[frame * columns] as number);
      const inner = within((point + 0.125) * width, (point + 0.875) * width);
      const outer = within((point - 0.125) * width, (point + 1.125) * width);
      expect(curve[point * 3 + 1]).toBeGreaterThanOrEqual(Math.max(...inner));
      expect(curve[point * 3 + 1]).toBeLessThanOrEqual(Math.max(...outer));
      expect(curve[point * 3]).toBeLessThanOrEqual(Math.min(...inner));
    }
  });

  test('the frame at a time is the one shown then', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: endS, noNaN: true }), (timeS) => {
        const frame = queries.frameAt(record, timeS);
        expect(series.timestamps[frame] as number).toBeLessThanOrEqual(Math.max(timeS, series.timestamps[0] as number));
        if (frame + 1 < 4100) expect(series.timestamps[frame + 1] as number).toBeGreaterThan(timeS);
      }),
    );
  });

  test('reading a range twice is served from the cache, and the cache keeps its bound', () => {
    const small = new FeatureQueries(blocks, 200_000);
    small.rows(record, 0, 100);
    const { misses } = small.cacheMeasures();
    small.rows(record, 50, 120);
    small.rows(record, 1800, 4000);
    expect(small.cacheMeasures().bytes).toBeLessThanOrEqual(200_000);
    const roomy = new FeatureQueries(blocks);
    roomy.rows(record, 0, 100);
    const before = roomy.cacheMeasures();
    roomy.rows(record, 200, 1700);
    expect(roomy.cacheMeasures()).toMatchObject({ misses: before.misses, hits: before.hits + columns + 1 });
    expect(misses).toBe(columns + 1);
  });
});

describe('exports', () => {
  const series = noiseSeries(2000, { isUneven: true });
  const chunks = [slice(series, 0, 1799), slice(series, 1800, 1999)];

  test('JSON is a list of FeatureFrames', () => {
    const frames: unknown = JSON.parse([...jsonOf(chunks)].join(''));
    expect(frames).toEqual(Array.from(series.timestamps, (at, frame) => frameOfRow(slice(series, frame, frame).rows, at)));
    expect(JSON.parse([...jsonOf([])].join(''))).toEqual([]);
  });

  test('CSV has a row per frame, a name per column, and a decimal point whatever the language of the machine', () => {
    const lines = [...csvOf(chunks)].join('').trimEnd().split('\n');
    expect(lines).toHaveLength(2001);
    const [head = '', first = ''] = lines;
    expect(head.split(',')).toHaveLength(columns + 2);
    expect(new Set(head.split(',')).size).toBe(columns + 2);
    const cells = first.split(',');
    expect(cells).toHaveLength(columns + 2);
    expect(cells[2]).toBe(String(series.rows[0]));
    expect(cells.every((cell) => /^(-?\d+(\.\d+)?(e-?\d+)?|#[0-9a-f]{6})$/.test(cell))).toBe(true);
    expect(cells[2 + featureLayout.color]).toMatch(/^#[0-9a-f]{6}$/);
  });
});
