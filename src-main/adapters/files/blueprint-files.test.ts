import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';

import { pathFault } from '../../contract/blueprint-path.ts';
import { AppError } from '../../contract/errors.ts';
import { DiskBlueprintFiles, grantRoots, isKnownRoot } from './blueprint-files.ts';
import { isWithin } from './grants.ts';

const world = realpathSync(mkdtempSync(join(tmpdir(), 'kinetone-blueprint-')));
afterAll(() => rmSync(world, { recursive: true, force: true }));
const [root, library, outside, data] = ['root', 'library', 'outside', 'data'].map((name) => join(world, name)) as [string, string, string, string];
for (const folder of [root, join(root, 'clips'), library, outside, data]) mkdirSync(folder);
const odd = ["it's \"quoted\".mp4", 'two\nlines.mp4', '-i', 'a;b$(c).mp4', 'C’est déjà vu 🎬.mp4', 'song: live.mp3', '%d.mp4', 'file name with  spaces '];
for (const name of ['a.mp4', ...odd]) writeFileSync(join(root, 'clips', name), 'x');
writeFileSync(join(outside, 'secret.mp4'), 'x');
writeFileSync(join(outside, 'known.mp4'), 'x');
writeFileSync(join(library, 'move.mp4'), 'x');
symlinkSync(join(outside, 'secret.mp4'), join(root, 'link.mp4'));
symlinkSync(outside, join(root, 'linked'));
symlinkSync(join(root, 'clips', 'a.mp4'), join(root, 'inner.mp4'));
const files = new DiskBlueprintFiles(data, { has: (path) => path === join(outside, 'known.mp4') });
const roots = { main: root, named: { out: outside }, library: { moves: library } };

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'granted';
  } catch (error) {
    return error instanceof AppError ? error.code : `not an AppError: ${String(error)}`;
  }
}

test.each(odd)('a file whose name is %j is a file like any other', async (name) => {
  expect(await files.find(roots, `clips/${name}`)).toBe(join(root, 'clips', name));
});

test.each([
  '../outside/secret.mp4',
  'clips/../../outside/secret.mp4',
  'clips\\..\\..\\outside\\secret.mp4',
  join(outside, 'secret.mp4'),
  '/etc/passwd',
  'C:\\Windows\\win.ini',
  'c:/Windows/win.ini',
  '\\\\server\\share\\a.mp4',
  '//server/share/a.mp4',
  '~/a.mp4',
  'clips/a.mp4\0.png',
  'concat:clips/a.mp4|clips/b.mp4',
  'file:/etc/passwd',
  'http://example.org/a.mp4',
  'gs://bucket/a.mp4',
  'link.mp4',
  'linked/secret.mp4',
  'out/secret.mp4',
])('%j is refused', async (path) => {
  expect(await codeOf(files.find(roots, path))).toBe('path-not-granted');
});

test('a name with a protocol’s options is a name: there is no such file', async () => {
  expect(await codeOf(files.find(roots, 'subfile,,start,0,end,10,,:clips/a.mp4'))).toBe('media-missing');
});

test('links inside the root, library folders and files of the library are found; folders and missing files are named', async () => {
  const found = await Promise.all(['inner.mp4', 'moves/move.mp4', 'out/known.mp4'].map((path) => files.find(roots, path)));
  expect(found).toEqual([join(root, 'clips', 'a.mp4'), join(library, 'move.mp4'), join(outside, 'known.mp4')]);
  expect([await codeOf(files.find(roots, 'clips')), await codeOf(files.find(roots, 'clips/none.mp4')), await codeOf(files.find(roots, 'moves/none.mp4'))]).toEqual(['media-unsupported', 'media-missing', 'media-missing']);
});

test('of a root that is not granted nobody learns what is there: what is not is refused alike, but for files of the library', async () => {
  const files = new DiskBlueprintFiles(data, { has: (path) => path === join(outside, 'gone.mp4') });
  const refusals = await Promise.all(['secret.mp4', 'no-file.mp4', 'secret.mp4/below', ''].map((name) => files.find(roots, `out/${name || '.'}`).catch((error: unknown) => (error as AppError).toBody().code)));
  expect(refusals).toEqual(['path-not-granted', 'path-not-granted', 'path-not-granted', 'path-not-granted']);
  expect(await codeOf(files.find(roots, 'out/gone.mp4'))).toBe('media-missing');
});

test.each([
  ['clips', true],
  ['clips/deeper', true],
  [root, true],
  [join(library, 'sub'), true],
  ['..', false],
  ['clips/../..', false],
  [outside, false],
  [`${library}-2`, false],
  ['/nowhere', false],
  ['a\0b', false],
])('a root %j is known by its text alone: %j', (given, isKnown) => expect(isKnownRoot(given, [root, library])).toBe(isKnown));

const part = fc.oneof(fc.constantFrom('..', '.', '', '...', 'clips', 'linked', 'link.mp4', 'a.mp4', 'out', 'moves', 'C:', 'concat:', '~', '\\', '-i', '\n', "'", '\0'), fc.string({ maxLength: 6 }));
const path = fc.array(part, { minLength: 1, maxLength: 6 }).chain((parts) => fc.constantFrom('/', '\\', '//').map((by) => parts.join(by)));

test('whatever a path says, what is found lies in a granted folder or in the library, and nothing else is thrown', async () => {
  await fc.assert(
    fc.asyncProperty(path, async (given) => {
      const found = await files.find(roots, given).catch((error: unknown) => error);
      if (typeof found === 'string') expect([root, library].some((folder) => isWithin(folder, found)) || found === join(outside, 'known.mp4')).toBe(true);
      else expect(found).toBeInstanceOf(AppError);
    }),
    { numRuns: 400 },
  );
});

test('the shape of a path never lets one climb, whatever stands around the dots', () => {
  fc.assert(fc.property(path, path, (before, after) => pathFault(`${before}/../${after}`) !== null));
});

test('an output is written below its root only, through no link, and its folders are made', async () => {
  const target = await files.grantOutput(roots, 'films/new/out.mp4', { mayReplace: false });
  expect(target).toBe(join(root, 'films', 'new', 'out.mp4'));
  const codes = await Promise.all(['linked/out.mp4', '../out.mp4', '/tmp/out.mp4', 'link.mp4', 'clips/a.mp4', 'out/out.mp4'].map((given) => codeOf(files.grantOutput(roots, given, { mayReplace: false }))));
  expect(codes).toEqual(['path-not-granted', 'path-not-granted', 'path-not-granted', 'output-unwritable', 'output-exists', 'path-not-granted']);
});

test('roots of a blueprint are real folders; those that are not there are named', async () => {
  const { roots: granted, missing } = await grantRoots({ a: 'clips', b: outside, c: 'nowhere', d: 'x\0y' }, root, {});
  expect([granted.named, missing]).toEqual([{ a: join(root, 'clips'), b: outside }, ['c', 'd']]);
});
