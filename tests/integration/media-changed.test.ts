/** A film that is exported again under the same name while the studio is open. */
import { copyFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { makeFilm } from '../fixtures/make-media.ts';
import { importOne, mediaWorld } from '../fixtures/media-world.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const CHANGED = { code: 'media-missing', retryable: true, details: expect.objectContaining({ reason: 'changed' }) as object };

test('is never worked on as the film it was: it is read again, and is then what it is now', async () => {
  const folder = tempFolder();
  const film = makeFilm(folder, 'film.mp4', { size: '64x64', seconds: 1 });
  const newer = makeFilm(folder, 'newer.mp4', { size: '96x64', seconds: 3 });
  const world = mediaWorld();
  const { id } = await importOne(world, film);
  const before = world.library.source(id);
  await world.features.ensure(id, { signal: new AbortController().signal });
  copyFileSync(newer, film);
  await expect(world.features.ensure(id, { signal: new AbortController().signal })).rejects.toMatchObject(CHANGED);
  await expect.poll(() => world.library.source(id).probe.duration_s, { timeout: 20_000 }).toBeCloseTo(3, 1);
  expect(world.library.source(id).identity).not.toBe(before.identity);
  expect(world.library.get(id).features).toBe('none');
});

test('and holds the same bytes keeps what was made from it', async () => {
  const film = makeFilm(tempFolder(), 'film.mp4', { size: '64x64', seconds: 1 });
  const world = mediaWorld();
  const { id } = await importOne(world, film);
  const hash = await world.analysisPorts.host.call('hash', { path: film });
  world.library.identify(id, (hash as { sha256: string }).sha256);
  const { identity } = world.library.source(id);
  utimesSync(film, 1_000_000_000, 1_000_000_000);
  expect(() => world.library.source(id)).toThrow(expect.objectContaining(CHANGED));
  await expect.poll(() => world.library.source(id).identity, { timeout: 20_000 }).toBe(identity);
});

test('and is not whole yet is missing until it is', async () => {
  const folder = tempFolder();
  const film = makeFilm(folder, 'film.mp4', { size: '64x64', seconds: 1 });
  const whole = makeFilm(folder, 'whole.mp4', { size: '64x64', seconds: 2 });
  const world = mediaWorld();
  const { id } = await importOne(world, film);
  writeFileSync(join(folder, 'film.mp4'), 'half');
  expect(() => world.library.source(id)).toThrow(expect.objectContaining(CHANGED));
  await expect.poll(() => world.library.get(id).is_missing, { timeout: 20_000 }).toBe(true);
  copyFileSync(whole, film);
  await expect.poll(() => world.library.source(id).probe.duration_s, { timeout: 20_000 }).toBeCloseTo(2, 1);
});
