/** The exact scan over moves against LanceDB's own flat search in the same run, and against one pass over the same memory. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type * as Lance from '@lancedb/lancedb';

import { nativeMatrix } from '../../src-main/adapters/native/vector-matrix.ts';
import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS, type EmbeddingKind } from '../../src-main/contract/documents/move.ts';
import type { ScanQuery } from '../../src-main/core/library/ports.ts';
import { randomOf, randomUnit } from '../../tests/fixtures/random-vectors.ts';
import { type BenchContext, type BenchRow, median } from './row.ts';

const SIZES = [50, 1000, 10_000, 100_000] as const;
/** LanceDB takes half a second a query beyond, and minutes to fill. */
const MOST_FOR_PEER = 10_000;
const DIMENSIONS = 1024;

const load = createRequire(import.meta.url);

async function timed(runs: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const begin = performance.now();
    await work();
    times.push(performance.now() - begin);
  }
  return median(times);
}

/** Uniform noise of about unit length; `spread` below 1 leaves that much of it around one move, the worst for bytes that are read first. */
function noise(rows: number, spread = 1): Record<EmbeddingKind, Float32Array> {
  const random = randomOf(rows);
  const of = (kind: EmbeddingKind): Float32Array => {
    const length = EMBEDDING_DIMENSIONS[kind];
    const scale = Math.sqrt(12 / length);
    const middle = Float32Array.from({ length }, () => (random() - 0.5) * scale * (1 - spread));
    return Float32Array.from({ length: rows * length }, (_, at) => (middle[at % length] as number) + (random() - 0.5) * scale * spread);
  };
  return { pose: of('pose'), audio: of('audio'), text: of('text') };
}

async function lanceMs(folder: string, rows: number, segments: Record<EmbeddingKind, Float32Array>, runs: number): Promise<number> {
  const lancedb = load('@lancedb/lancedb') as typeof Lance;
  const connection = await lancedb.connect(join(folder, 'peer.lance'));
  const rowOf = (row: number): number[] => EMBEDDING_KINDS.flatMap((kind) => Array.from(segments[kind].subarray(row * EMBEDDING_DIMENSIONS[kind], (row + 1) * EMBEDDING_DIMENSIONS[kind])));
  const table = await connection.createTable(`of-${rows}`, Array.from({ length: rows }, (_, row) => ({ id: `move-${row}`, vector: rowOf(row) })));
  const wanted = Float32Array.from({ length: DIMENSIONS }, randomOf(2));
  const ask = (): Promise<unknown> => table.search(Array.from(wanted)).limit(10).toArray();
  await ask();
  const took = await timed(runs, ask);
  connection.close();
  return took;
}

/** One pass of one core over as many bytes: the C library's search for a byte that is not there. */
function passMs(rows: number, runs: number): Promise<number> {
  const bytes = Buffer.allocUnsafeSlow(rows * DIMENSIONS * Float32Array.BYTES_PER_ELEMENT).fill(1);
  return timed(runs, () => Promise.resolve(bytes.indexOf(0)));
}

export async function searchRows({ folder, say }: BenchContext): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const random = randomOf(1);
  const queryOf = (): ScanQuery => ({ pose: randomUnit(random, 512), audio: randomUnit(random, 128), text: randomUnit(random, 384), weights: { pose: 0.35, audio: 0.35, text: 0.3 }, mask: null, top: 10 });
  for (const size of SIZES) {
    say(`search, ${size} moves`);
    const segments = noise(size);
    const matrix = nativeMatrix(size, segments);
    const query = queryOf();
    const runs = size > 50_000 ? 15 : size > 5000 ? 40 : 200;
    await timed(5, () => matrix.search(query));
    const pass = await passMs(size, runs);
    const ours = await timed(runs, () => matrix.search(query));
    const mask = Uint8Array.from({ length: size }, (_, row) => Number(row % 10 === 0));
    const filtered = await timed(runs, () => matrix.search({ ...query, mask }));
    const peer = size > MOST_FOR_PEER ? null : await lanceMs(folder, size, segments, size > 5000 ? 10 : 30);
    rows.push({
      what: `move search, ${size} moves`,
      ours: `${ours.toFixed(3)} ms`,
      peer: peer === null ? '-' : `LanceDB flat ${peer.toFixed(2)} ms`,
      ratio: peer === null ? null : ours / peer,
      bar: size <= 1000 ? '≤ 0.05' : 'measured',
    });
    rows.push({ what: `move search, ${size} moves, beside its memory`, ours: `${ours.toFixed(3)} ms`, peer: `one pass ${pass.toFixed(3)} ms`, ratio: ours / pass, bar: size === 10_000 ? '≤ 1.2' : 'measured' });
    rows.push({ what: `move search, ${size} moves, a filter of 1 in 10`, ours: `${filtered.toFixed(3)} ms`, peer: `without filter ${ours.toFixed(3)} ms`, ratio: filtered / ours, bar: size >= 10_000 ? '≤ 0.2' : '< 1' });
  }
  const [near, query] = [nativeMatrix(10_000, noise(10_000, 1e-3)), queryOf()];
  await timed(5, () => near.search(query));
  const pass = await passMs(10_000, 40);
  const alike = await timed(40, () => near.search(query));
  rows.push({ what: 'move search, 10000 moves nearly alike, beside its memory', ours: `${alike.toFixed(3)} ms`, peer: `one pass ${pass.toFixed(3)} ms`, ratio: alike / pass, bar: 'measured' });
  return rows;
}
