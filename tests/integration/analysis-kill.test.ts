/** Kinetone killed at random moments while it works on a film: nothing is left running, and the next start ends the work. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { randomOf } from '../fixtures/feature-series.ts';
import { makeMedia } from '../fixtures/make-media.ts';
import { tether } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const KILLS = Number(process.env['KINETONE_KILLS'] ?? 4);
const reason = process.platform === 'linux' && tether !== null ? '' : ' (skipped: /proc and kinetone-tether are needed)';

/** Process ids whose command line or environment names a folder. */
function processesOf(text: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text) && !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Child processes, at any depth, of a process. */
function descendants(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function start(dataDir: string, film: string): { child: ChildProcess; started: Promise<void>; output: Promise<string> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'analysis-kill-worker.ts'), dataDir, film], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let text = '';
  const begun = Promise.withResolvers<void>();
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
    if (text.includes('started\n')) begun.resolve();
  });
  const output = new Promise<string>((resolve) => child.once('close', () => resolve(text.replace('started\n', ''))));
  return { child, started: begun.promise, output };
}

test.skipIf(reason !== '')(`a film is analysed to the same features however often Kinetone is killed meanwhile${reason}`, { timeout: 240_000 }, async () => {
  const folder = tempFolder();
  const film = makeMedia(folder, 'film.mp4', [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30:duration=6', '-f', 'lavfi', '-i', 'sine=duration=6'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac'],
  ]);
  const random = randomOf(11);
  const dataDir = join(folder, 'data');
  for (let kill = 0; kill < KILLS; kill += 1) {
    const { child, started, output } = start(dataDir, film);
    await started;
    await new Promise((resolve) => setTimeout(resolve, random() * 2500));
    const family = descendants(child.pid as number);
    child.kill('SIGKILL');
    await output;
    await expect.poll(() => [...processesOf(film), ...family.filter((pid) => processesOf('').includes(pid))], { timeout: 5000 }).toEqual([]);
  }
  const survived = JSON.parse(await start(dataDir, film).output) as unknown[];
  const undisturbed = JSON.parse(await start(join(folder, 'fresh'), film).output) as unknown[];
  expect(survived).toHaveLength(180);
  expect(survived).toEqual(undisturbed);
  expect(readdirSync(join(dataDir, 'run/programs'))).toEqual([]);
});
