/** Errors that come from timers and callbacks, where no caller catches them: logged, and the program goes on. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

import { expect, onTestFinished, test, vi } from 'vitest';

import { DiskDerivedFiles } from '../../src-main/adapters/files/derived-files.ts';
import { systemClock } from '../../src-main/adapters/clock/system-clock.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { DerivedLibrary } from '../../src-main/core/media/index.ts';
import { makeFilm } from '../fixtures/make-media.ts';
import { importOne, mediaWorld } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const repository = resolve(import.meta.dirname, '../..');

/** A maker of waveforms that runs until the test lets it, over a store whose disk is full from then on. */
async function makingOnFullDisk(outcome: Promise<never>): Promise<{ made: Promise<unknown>; warnings: string[] }> {
  const world = mediaWorld();
  const { id } = await importOne(world, makeFilm(tempFolder(), 'film.mp4', { size: '64x64', seconds: 1 }));
  const warnings: string[] = [];
  const begun = Promise.withResolvers<void>();
  let isFull = false;
  const { library, store, tools } = world;
  const full = new Proxy(store, {
    get: (target, name: keyof typeof store) => {
      if (isFull && name === 'putDerived') throw new AppError('disk-full', 'The disk is full.');
      return (target[name] as (...args: unknown[]) => unknown).bind(target);
    },
  });
  const peaks = {
    peaks: (): Promise<never> => {
      isFull = true;
      begun.resolve();
      return outcome;
    },
  };
  const log = { ...silentLog, warn: (_: object, message: string) => void warnings.push(message) };
  const derived = new DerivedLibrary({ library, store: full, files: new DiskDerivedFiles(world.folder.derived), tools, peaks, clock: systemClock, log });
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  onTestFinished(() => void vi.useRealTimers());
  const made = derived.makePeaks(id, {});
  made.catch(() => undefined);
  await begun.promise;
  return { made, warnings };
}

test('a record that cannot be touched on a full disk is logged and ends nothing', async () => {
  const work = Promise.withResolvers<never>();
  const { made, warnings } = await makingOnFullDisk(work.promise);
  expect(() => vi.advanceTimersByTime(25_000)).not.toThrow();
  await expect.poll(() => warnings).toEqual(['a record was not touched', 'a record was not touched']);
  work.reject(new AppError('ffmpeg-failed', 'ffmpeg ended with status 1.'));
  await expect(made).rejects.toMatchObject({ code: 'ffmpeg-failed' });
});

/** A process that listens, throws and rejects, and says what was logged. */
function faultyProcess(goesOn: boolean): { status: number | null; said: string } {
  const program = `
    import { catchLastResort } from ${JSON.stringify(join(repository, 'src-main/adapters/processes/last-resort.ts'))};
    const error = (fields, message) => process.stdout.write(message + ': ' + fields.err.message + '\\n');
    catchLastResort({ log: { error }, goesOn: ${goesOn} });
    setTimeout(() => { throw new Error('thrown'); }, 0);
    setTimeout(() => { Promise.reject(new Error('rejected')); }, 50);
    setTimeout(() => process.stdout.write('still here\\n'), 200);`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  return { status, said: stdout };
}

test('a studio logs what nothing caught and goes on', () => {
  expect(faultyProcess(true)).toEqual({
    status: 0,
    said: 'an error that nothing caught: thrown\nan error that nothing caught: rejected\nstill here\n',
  });
});

test('a command logs what nothing caught and ends', () => {
  expect(faultyProcess(false)).toEqual({ status: 1, said: 'an error that nothing caught: thrown\n' });
});
