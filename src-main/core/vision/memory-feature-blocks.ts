/** Series held in memory: for tests, and for what is not worth keeping. Copies what it is given, as a database would. */
import { AppError } from '../../contract/errors.ts';
import { nodesOf } from './pyramid.ts';
import type { FeatureBlock, FeatureBlocks, FeatureTail, Level, SeriesKey, SeriesPart, SeriesRecord } from './ports.ts';

interface Series {
  record: SeriesRecord;
  readonly blocks: Map<number, FeatureBlock>;
  tail: FeatureTail | null;
}

const isSameKey = (a: SeriesKey, b: SeriesKey): boolean =>
  a.identity === b.identity && a.version === b.version && a.width === b.width && a.height === b.height;

const copyBlock = (block: FeatureBlock): FeatureBlock => ({
  ...block,
  timestamps: block.timestamps.slice(),
  columns: block.columns.slice(),
  levels: [block.levels[0].slice(), block.levels[1].slice()],
});

export class MemoryFeatureBlocks implements FeatureBlocks {
  readonly #series = new Map<number, Series>();
  #lastId = 0;

  find(key: SeriesKey): SeriesRecord | null {
    const records = [...this.#series.values()].map((series) => series.record).filter((record) => isSameKey(record.key, key));
    return records.sort((a, b) => Number(b.isComplete) - Number(a.isComplete) || b.frames - a.frames || b.id - a.id)[0] ?? null;
  }

  list(identity: string): SeriesRecord[] {
    return [...this.#series.values()].map((series) => series.record).filter((record) => record.key.identity === identity);
  }

  create(key: SeriesKey, nowMs: number): SeriesRecord {
    this.#lastId += 1;
    const record = { id: this.#lastId, key: { ...key }, isComplete: false, frames: 0, endS: 0, updatedMs: nowMs };
    this.#series.set(record.id, { record, blocks: new Map(), tail: null });
    return record;
  }

  write(id: number, { blocks, tail, frames, endS, nowMs }: SeriesPart): void {
    const series = this.#require(id);
    for (const block of blocks) series.blocks.set(block.index, copyBlock(block));
    series.tail = tail && { firstFrame: tail.firstFrame, rows: tail.rows.slice(), timestamps: tail.timestamps.slice() };
    series.record = { ...series.record, frames, endS, updatedMs: nowMs };
  }

  complete(id: number, endS: number): void {
    const series = this.#require(id);
    series.record = { ...series.record, isComplete: true, endS };
    this.#keepOnly(series.record);
  }

  remove(id: number): void {
    this.#series.delete(id);
  }

  adopt(from: string, to: string): void {
    for (const series of this.#series.values()) {
      if (series.record.key.identity !== from) continue;
      series.record = { ...series.record, key: { ...series.record.key, identity: to } };
      if (series.record.isComplete) this.#keepOnly(series.record);
    }
  }

  column(id: number, block: number, column: number): Float32Array | null {
    const stored = this.#series.get(id)?.blocks.get(block);
    return stored ? stored.columns.slice(column * stored.frames, (column + 1) * stored.frames) : null;
  }

  timestamps(id: number, block: number): Float64Array | null {
    return this.#series.get(id)?.blocks.get(block)?.timestamps.slice() ?? null;
  }

  level(id: number, column: number, level: Level): Float32Array {
    const blocks = [...(this.#series.get(id)?.blocks.values() ?? [])].sort((a, b) => a.index - b.index);
    return Float32Array.from(
      blocks.flatMap((block) => {
        const width = nodesOf(block.frames, level) * 3;
        return [...block.levels[level].subarray(column * width, (column + 1) * width)];
      }),
    );
  }

  tail(id: number): FeatureTail | null {
    const tail = this.#series.get(id)?.tail ?? null;
    return tail && { firstFrame: tail.firstFrame, rows: tail.rows.slice(), timestamps: tail.timestamps.slice() };
  }

  #keepOnly(kept: SeriesRecord): void {
    for (const { record } of this.#series.values()) {
      if (record.id !== kept.id && isSameKey(record.key, kept.key)) this.#series.delete(record.id);
    }
  }

  #require(id: number): Series {
    const series = this.#series.get(id);
    if (!series) throw new AppError('not-found', 'The feature series was removed while it was written.', { retryable: true });
    return series;
  }
}

