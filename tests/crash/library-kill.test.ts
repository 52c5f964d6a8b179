/** Kinetone killed while it imports and analyses clips: the next start asks for nothing, goes on, and ends with every clip ready, none twice. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { makeMedia } from '../fixtures/make-media.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const CLIPS = 4;

interface Ended {
  readonly moves: readonly { path: string; state: string; space: string }[];
  readonly items: readonly { name: string; poster: string; filmstrip: string }[];
  readonly failed: readonly string[];
}

/** Runs a studio to its end, or until it is killed. @returns what it said, and the signal that ended it */
function run(dataDir: string, clips: string, killAt: 'moves' | 'ready' | '' = ''): Promise<{ text: string; signal: string | null }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'library-worker.ts'), dataDir, clips, killAt], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  return new Promise((resolve) => child.once('close', (_, signal) => resolve({ text, signal })));
}

test('a library killed while clips are read, and again while they are analysed, is whole after the next start', { timeout: 120_000 }, async () => {
  const folder = tempFolder();
  const clips = join(folder, 'clips');
  mkdirSync(clips);
  for (let at = 0; at < CLIPS; at += 1) makeMedia(clips, `clip-${at}.mp4`, ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=30:duration=1', '-vf', `hue=h=${at * 50}`, '-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p']);
  const dataDir = join(folder, 'data');
  expect(await run(dataDir, clips, 'moves')).toEqual({ text: '', signal: 'SIGKILL' });
  expect(await run(dataDir, '', 'ready')).toEqual({ text: '', signal: 'SIGKILL' });
  const { text } = await run(dataDir, '');
  const { moves, items, failed } = JSON.parse(text) as Ended;
  expect(moves.map(({ path }) => path).sort()).toEqual(Array.from({ length: CLIPS }, (_, at) => `clips/clip-${at}.mp4`));
  expect(moves.every(({ state, space }) => state === 'ready' && space.length > 0)).toBe(true);
  expect(items.map(({ name, poster, filmstrip }) => `${name} ${poster} ${filmstrip}`).sort()).toEqual(Array.from({ length: CLIPS }, (_, at) => `clip-${at}.mp4 ready ready`));
  expect(failed).toEqual([]);
});
