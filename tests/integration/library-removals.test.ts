/** Folders removed while they are imported: the removal wins, at whatever step the import is. Real queue and tables; a disk by construction. */
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { newId, systemClock } from '../../src-main/adapters/clock/system-clock.ts';
import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { mediaStore } from '../../src-main/adapters/sqlite/media-store.ts';
import { moveStore } from '../../src-main/adapters/sqlite/move-store.ts';
import type { Job } from '../../src-main/contract/documents/job.ts';
import type { JobHandler } from '../../src-main/core/jobs/index.ts';
import { type FoundClip, type LibraryFiles, type MoveMedia, MoveLibrary, importHandler } from '../../src-main/core/library/index.ts';
import { silentLog } from '../../src-main/core/log.ts';
import { RecordedEvents } from '../fakes/events.ts';
import { handlerOf, queueWorld } from '../fixtures/job-queue.ts';
import { mediaItem } from '../fixtures/library-items.ts';

const CLIPS = ['a.mp4', 'b.mp4', 'c.mp4', 'd.mp4'];
const NAMES = [...CLIPS, 'annotations.json'];
const FOLDERS = ['/clips/one', '/clips/two'] as const;

/** A clock by which nothing happens at one moment. */
let nowMs = systemClock.nowMs();
const clock = { ...systemClock, nowMs: () => (nowMs += 1), sleep: (ms: number, signal?: AbortSignal) => systemClock.sleep(ms, signal) };

/** @param at  what happens before a file of that name is looked at */
function world(at: Readonly<Record<string, () => void>> = {}, names = NAMES) {
  const { folder, make } = queueWorld();
  const database = openDatabase(join(folder, 'kinetone.sqlite'), { log: silentLog });
  onTestFinished(() => void database.close());
  const [items, store] = [mediaStore(database), moveStore(database)];
  const reached = (name: string): void => at[name]?.();
  const files: LibraryFiles = {
    grant: (path) => Promise.resolve({ path, isFolder: true }),
    isThere: () => Promise.resolve(true),
    look: () => Promise.resolve(null),
    async *walk(path): AsyncGenerator<FoundClip> {
      reached('walk');
      for (const name of names) yield await Promise.resolve({ path: `${path}/${name}`, name });
    },
    within: (root, given) => Promise.resolve(`${root}/${given}`),
    relative: (root, path) => path.slice(root.length + 1),
    nameOf: (path) => path.split('/').at(-1) ?? '',
    readText: (path) => (reached(path.split('/').at(-1) ?? ''), Promise.resolve('[{"video_path": "a.mp4", "style": "romantic"}]')),
  };
  const media = {
    importPaths: async ([path = '']: string[]) => {
      const id = path.replaceAll(/\W/g, '-').slice(1);
      const name = files.nameOf(path);
      reached(name);
      await Promise.resolve();
      const { probe } = mediaItem(id);
      items.insert({ id, kind: 'video', name, path, isOwned: false, sizeBytes: 1, modifiedMs: 1, ends: id, identity: `ends:${id}`, sha256: null, probe, isMissing: false, createdMs: 1, removedMs: null });
      return { items: [{ item: mediaItem(id), is_new: true }], rejected: [] };
    },
    record: (id: string) => items.get(id),
    source: () => ({}),
  } as unknown as MoveMedia;
  const library = new MoveLibrary({ store, media, files, jobs: () => queue, events: new RecordedEvents(), clock, analysisKey: () => 'key', fileSoon: () => undefined });
  const { queue } = make({ clock, pollMs: 20, handlers: [importHandler({ library, store, media, files, jobs: () => queue, clock, newId }) as JobHandler, handlerOf('library-analysis', () => Promise.resolve({}), 'background')] });
  onTestFinished(() => queue.stop());
  const remove = (): void => library.removeFolder(store.folders().find(({ path }) => path === FOLDERS[0])?.id ?? '');
  const left = (): unknown => [store.folders().map(({ path }) => path), store.list().map(({ media: { path } }) => path).sort()];
  const ended = async (id: string): Promise<Job['state']> => (await queue.finished(id)).state;
  return { library, queue, remove, left, ended };
}

const whole = (folder: string): string[] => CLIPS.map((name) => `${folder}/${name}`);

test.each(['b.mp4', 'd.mp4', 'annotations.json'])('a folder removed when its import has come to %s stays removed, with its clips, and the import is cancelled', async (name) => {
  const { library, queue, remove, left, ended } = world({ [name]: () => remove() });
  queue.start();
  expect(await ended(await library.add([FOLDERS[0]]))).toBe('cancelled');
  expect(left()).toEqual([[], []]);
});

test('a folder removed while its scan looks for clips, or still waits, stays removed until it is added again', async () => {
  let isRemoving = false;
  const { library, queue, remove, left, ended } = world({ walk: () => isRemoving && remove() });
  queue.start();
  const first = await library.add([FOLDERS[0]]);
  expect([await ended(first), left()]).toEqual(['completed', [[FOLDERS[0]], whole(FOLDERS[0])]]);
  const { id } = (await library.folders())[0] ?? { id: '' };
  isRemoving = true;
  expect([await ended(library.scan(id)), left()]).toEqual(['cancelled', [[], []]]);
  isRemoving = false;
  expect([await ended(await library.add([FOLDERS[0]])), left()]).toEqual(['completed', [[FOLDERS[0]], whole(FOLDERS[0])]]);
});

test('an import that waits when its folder is removed brings nothing back, and asking again meanwhile is another import', async () => {
  const { library, queue, remove, left, ended } = world({}, CLIPS);
  queue.start();
  await ended(await library.add([FOLDERS[0]]));
  const { id } = (await library.folders())[0] ?? { id: '' };
  const waiting = queue.pause(library.scan(id)).id;
  remove();
  const again = await library.add([FOLDERS[0]]);
  expect([again === waiting, await ended(again), left()]).toEqual([false, 'completed', [[FOLDERS[0]], whole(FOLDERS[0])]]);
  library.removeFolder((await library.folders())[0]?.id ?? '');
  queue.resume(waiting);
  expect([await ended(waiting), left()]).toEqual(['cancelled', [[], []]]);
});

test('of two folders that are imported together the other one is imported whole', async () => {
  const { library, queue, remove, left, ended } = world({ 'c.mp4': () => isFirst() && remove() });
  let times = 0;
  const isFirst = (): boolean => (times += 1) === 1;
  queue.start();
  expect(await ended(await library.add([...FOLDERS]))).toBe('completed');
  expect(left()).toEqual([[FOLDERS[1]], whole(FOLDERS[1])]);
});
