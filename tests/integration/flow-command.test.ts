/** kinetone flow: pairs made by construction, the .flo file read back and compared with the truth. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { kinetone, temporaryFolder } from '../fixtures/program.ts';

const folder = temporaryFolder('flow-command');
afterAll(() => folder.remove());
const at = (name: string): string => join(folder.path, name);
const run = (...args: string[]) => kinetone(['flow', ...args, '--data-dir', at('data')]);

/** A smooth texture that repeats nowhere near: its value at any point of the plane, 0..255. */
function texture(x: number, y: number): number {
  const waves: readonly (readonly [number, number, number])[] = [[0.31, 0.11, 1], [-0.17, 0.29, 2], [0.07, -0.23, 3], [0.53, 0.41, 5], [-0.47, 0.61, 7]];
  return 128 + 24 * waves.reduce((sum, [fx, fy, phase]) => sum + Math.sin(fx * x + fy * y + phase), 0);
}

/** A PNG that shows the texture moved by (dx, dy). */
function picture(name: string, width: number, height: number, dx = 0, dy = 0): string {
  const grey = Uint8Array.from({ length: width * height }, (_, i) => Math.round(texture((i % width) - dx, Math.floor(i / width) - dy)));
  execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'rawvideo', '-pix_fmt', 'gray', '-s', `${width}x${height}`, '-i', 'pipe:0', at(name)], { input: grey });
  return at(name);
}

function readFlo(path: string): { magic: string; width: number; height: number; vectors: Float32Array } {
  const bytes = readFileSync(path);
  const values = Array.from({ length: (bytes.length - 12) / 4 }, (_, i) => bytes.readFloatLE(12 + 4 * i));
  return { magic: bytes.toString('latin1', 0, 4), width: bytes.readInt32LE(4), height: bytes.readInt32LE(8), vectors: Float32Array.from(values) };
}

test.each([[160, 120, 3, -2], [101, 57, -1.5, 2.25]])('a %i×%i pair moved by (%f, %f) gives that flow in a .flo file', async (width, height, dx, dy) => {
  const out = at(`${width}.flo`);
  const ended = await run(picture(`${width}a.png`, width, height), picture(`${width}b.png`, width, height, dx, dy), '-o', out, '--json');
  expect([ended.code, ended.stderr]).toEqual([0, '']);
  expect(JSON.parse(ended.stdout)).toEqual({ output: out, width, height });
  const flo = readFlo(out);
  expect([flo.magic, flo.width, flo.height, flo.vectors.length]).toEqual(['PIEH', width, height, width * height * 2]);
  let error = 0;
  for (let i = 0; i < width * height; i += 1) error += Math.hypot((flo.vectors[2 * i] ?? 99) - dx, (flo.vectors[2 * i + 1] ?? 99) - dy);
  expect(error / (width * height)).toBeLessThan(0.2);
});

test('pictures of different sizes are refused by name and size, and nothing is written', async () => {
  const ended = await run(picture('small.png', 64, 48), picture('large.png', 66, 48), '-o', at('none.flo'));
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(/small\.png has 64×48 pixels and large\.png 66×48.*\[input-invalid\]/s);
  expect(readdirSync(folder.path).filter((name) => name.startsWith('none'))).toEqual([]);
});

test('a .flo file that is there is replaced only when it is said', async () => {
  const pair = [picture('c.png', 40, 30), picture('d.png', 40, 30, 1, 0)] as const;
  writeFileSync(at('mine.flo'), 'mine');
  const refused = await run(...pair, '-o', at('mine.flo'));
  expect([refused.code, readFileSync(at('mine.flo'), 'utf8')]).toEqual([1, 'mine']);
  expect(refused.stderr).toContain('[output-exists]');
  expect((await run(...pair, '-o', at('mine.flo'), '--overwrite', '--quiet')).code).toBe(0);
  expect(readFlo(at('mine.flo')).width).toBe(40);
});

test.each([[['a.png', '-o', 'x.flo']], [['a.png', 'b.png']], [['a.png', 'b.png', '-o', 'x.png']]])('flow %j is a wrong call', async (args) => {
  const ended = await run(...args);
  expect(ended.code).toBe(2);
  expect(existsSync(at('x.flo'))).toBe(false);
});
