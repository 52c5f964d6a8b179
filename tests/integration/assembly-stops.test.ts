/** A film that ends before it is whole, while FFmpeg waits for a joint on its standard input: nothing waits on, nothing is left. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { beforeAll, expect, test } from 'vitest';

import { AppError, isAbort } from '../../src-main/contract/errors.ts';
import type { AssemblyTools } from '../../src-main/core/assembly/ports.ts';
import { assemblyWorld, blueprintOf } from '../fixtures/assembly-world.ts';
import { numberedFilm } from '../fixtures/numbered-film.ts';
import { lastingFolder } from '../fixtures/temp-folder.ts';

const folder = lastingFolder('assembly-stops');
beforeAll(() => {
  for (const clip of [1, 2]) numberedFilm(folder, `${clip}.mp4`, { clip, frames: 90 });
});

type RunArguments = Parameters<AssemblyTools['run']>;
const isJoint = (args: readonly string[]): boolean => args.some((arg) => arg.includes('maskedmerge'));
const isFilm = (args: readonly string[]): boolean => args.includes('pipe:0');

/** The real FFmpeg, but for what a test does to the joint. */
function world(joint: (signal: AbortSignal) => Promise<void>) {
  const { ports } = assemblyWorld(folder);
  const begun = Promise.withResolvers<void>();
  const tools = Object.create(ports.tools, {
    run: {
      value: async (...[args, durationS, options]: RunArguments): Promise<void> => {
        if (isJoint(args)) await joint(options.signal);
        const ran = ports.tools.run(args, durationS, options);
        if (isFilm(args)) setTimeout(begun.resolve, 300);
        return ran;
      },
    },
    // Its methods reach for their own fields.
    ...Object.fromEntries((['probe', 'colorsOf', 'encoderFault', 'packets', 'hear', 'look', 'begin'] as const).map((name) => [name, { value: (ports.tools[name] as (...words: unknown[]) => unknown).bind(ports.tools) }])),
  }) as AssemblyTools;
  return { ...assemblyWorld(folder, { tools }), begun: begun.promise };
}

const moves = [{ video_path: '1.mp4', length: 1 }, { video_path: '2.mp4', length: 1, trim_start: 0.5, transition_type: 'crossfade' }];
/** Those this process has started, by id. */
const ffmpegs = (): number[] =>
  execFileSync('ps', ['-eo', 'ppid=,pid=,comm='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([parent, , name]) => Number(parent) === process.pid && name === 'ffmpeg')
    .map(([, pid]) => Number(pid));
const partials = (): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.partial'));
const untilAborted = (signal: AbortSignal): Promise<void> => new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true }));

async function expectNothingLeft(name: string): Promise<void> {
  await sleep(200);
  expect([ffmpegs(), partials(), readdirSync(folder).includes(name)]).toEqual([[], [], false]);
}

test('cancelled while the film waits for a joint, it ends in a moment', async () => {
  const { assemble, begun } = world(untilAborted);
  const controller = new AbortController();
  const film = assemble(blueprintOf(moves), 'cancelled.mp4', { signal: controller.signal }).catch((error: unknown) => error);
  await begun;
  expect(ffmpegs().length).toBeGreaterThan(0);
  controller.abort();
  expect(isAbort(await film)).toBe(true);
  await expectNothingLeft('cancelled.mp4');
});

test('a joint that fails while the film waits for it is the reason that is told', async () => {
  const full = new AppError('disk-full', 'The disk is full.', { hint: 'Free some space.' });
  const { assemble } = world(() => sleep(500).then(() => Promise.reject(full)));
  await expect(assemble(blueprintOf(moves), 'joint.mp4')).rejects.toBe(full);
  await expectNothingLeft('joint.mp4');
});

test('when its FFmpeg is killed while it waits for a joint, the joint is not waited for', async () => {
  const { assemble, begun } = world(untilAborted);
  const film = assemble(blueprintOf(moves), 'killed.mp4').catch((error: unknown) => error);
  await begun;
  for (const pid of ffmpegs()) process.kill(pid, 'SIGKILL');
  expect(await film).toMatchObject({ code: 'ffmpeg-failed', retryable: true });
  await expectNothingLeft('killed.mp4');
});
