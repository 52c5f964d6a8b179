import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { EMBEDDING_DIMENSIONS, EMBEDDING_KINDS } from '../../contract/documents/move.ts';
import { plainMatrix } from '../../core/library/index.ts';
import { randomOf, randomQuery, randomSegments } from '../../../tests/fixtures/random-vectors.ts';
import { nativeMatrix } from './vector-matrix.ts';

const SIZES = [0, 1, 2, 3, 31, 255, 256, 257, 600] as const;

describe('the native scan gives the bits of the plain one', () => {
  test.each(SIZES)('over %i rows, some of them without embeddings, with masks, weights and equal rows', async (rows) => {
    const segments = randomSegments(rows, rows + 1);
    const [native, plain] = [nativeMatrix(rows, segments), plainMatrix(rows, segments)];
    for (let seed = 0; seed < 12; seed += 1) {
      const query = randomQuery(rows, seed);
      expect(await native.search(query), `query ${seed}`).toEqual(await plain.search(query));
    }
  });

  test('where bytes are read first: noise, moves that are all nearly one, and numbers that are none', async () => {
    const rows = 1300;
    const noise = randomSegments(rows, 9);
    const random = randomOf(10);
    const alike = noise.pose.map((_, at) => (noise.pose[512 + (at % 512)] as number) + random() * 1e-5);
    const broken = noise.audio.map((value, at) => (at % 50_001 === 7 ? Number.POSITIVE_INFINITY : value));
    for (const segments of [noise, { ...noise, pose: alike }, { ...noise, audio: broken }]) {
      const [native, plain] = [nativeMatrix(rows, segments), plainMatrix(rows, segments)];
      for (let seed = 0; seed < 4; seed += 1) {
        const query = { ...randomQuery(rows, seed), ...(seed === 0 ? { mask: null } : {}) };
        expect(await native.search(query), `query ${seed}`).toEqual(await plain.search(query));
      }
    }
  });

  test('on two threads, over more rows than one takes alone', async () => {
    const rows = 22_000;
    const segments = { pose: new Float32Array(rows * 512), audio: randomSegments(rows, 5).audio, text: new Float32Array(rows * 384) };
    const query = { ...randomQuery(rows, 3), mask: null, top: 50 };
    expect(await nativeMatrix(rows, segments).search(query)).toEqual(await plainMatrix(rows, segments).search(query));
  });

  test.each(['baseline', 'avx2', 'avx512'])('at the level %s of the processor, where it has it', (level) => {
    const script = fileURLToPath(new URL('../../../tests/fixtures/scan-hash.ts', import.meta.url));
    const hash = (simd: string): string => execFileSync(process.execPath, [script], { env: { ...process.env, KINETONE_SIMD: simd }, encoding: 'utf8' });
    expect(hash(level)).toBe(hash('baseline'));
  });
});

test('the copy in bytes costs a quarter of the memory, and few moves have none', () => {
  const bytesOf = (rows: number): number => nativeMatrix(rows, randomSegments(rows, 1)).bytes;
  expect(bytesOf(100)).toBe(100 * 4097);
  // Scale and error of three segments beside the bytes.
  expect(bytesOf(1000)).toBe(1000 * (4097 + 1024 + 24));
});

test('an array of another size is refused by name', () => {
  const { pose, audio, text } = randomSegments(4, 1);
  expect(() => nativeMatrix(4, { pose, audio: audio.subarray(1), text })).toThrow(/audio.*512 elements/);
  expect(() => nativeMatrix(5, { pose, audio, text })).toThrow(/pose/);
  expect(EMBEDDING_KINDS.reduce((sum, kind) => sum + EMBEDDING_DIMENSIONS[kind], 0)).toBe(1024);
});
