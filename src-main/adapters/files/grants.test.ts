/** Paths from outside: what is granted, and that nothing leaves its folder. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { grantOutput, grantPath, grantWithin, isWithin } from './grants.ts';

const isRoot = process.getuid?.() === 0;

describe('a picked path', () => {
  test('is granted absolute and without links', async () => {
    const folder = tempFolder();
    writeFileSync(join(folder, 'film.mp4'), 'x');
    symlinkSync(folder, join(folder, 'again'));
    expect(await grantPath(join(folder, 'again/again/./film.mp4'))).toEqual({ path: join(folder, 'film.mp4'), isFolder: false });
    expect(await grantPath(folder)).toEqual({ path: folder, isFolder: true });
  });

  test('that is nothing, empty or holds a NUL is refused', async () => {
    await expect(grantPath(join(tempFolder(), 'no'))).rejects.toMatchObject({ code: 'media-not-found', message: 'There is no file no.' });
    await expect(grantPath('')).rejects.toMatchObject({ code: 'input-invalid' });
    await expect(grantPath('film.mp4\0.txt')).rejects.toMatchObject({ code: 'input-invalid' });
  });

  test('that turns in a circle or is far too long is not there', async () => {
    const folder = tempFolder();
    symlinkSync(join(folder, 'b'), join(folder, 'a'));
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    await expect(grantPath(join(folder, 'a'))).rejects.toMatchObject({ code: 'media-not-found' });
    await expect(grantPath(join(folder, 'x'.repeat(5000)))).rejects.toMatchObject({ code: 'media-not-found' });
  });

  test('that is a device, a pipe or a socket is refused by its kind, also behind a link', async () => {
    const folder = tempFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    symlinkSync('/dev/zero', join(folder, 'film.mp4'));
    await expect(grantPath('/dev/null')).rejects.toMatchObject({ message: 'null is a device, not a file.' });
    await expect(grantPath(join(folder, 'film.mp4'))).rejects.toMatchObject({ message: 'film.mp4 is a device, not a file.' });
    await expect(grantPath(join(folder, 'pipe'))).rejects.toMatchObject({ message: 'pipe is a pipe, not a file.' });
  });

  test.skipIf(isRoot)('that this user may not read is refused (skipped as root, who may read everything)', async () => {
    const path = join(tempFolder(), 'film.mp4');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    await expect(grantPath(path)).rejects.toMatchObject({ code: 'path-not-granted' });
  });
});

describe('a path below a granted folder', () => {
  test('is granted when it stays there, and refused when it leaves by dots, by a link or by being absolute', async () => {
    const [root, outside] = [tempFolder(), tempFolder()];
    mkdirSync(join(root, 'sub'));
    writeFileSync(join(root, 'sub/film.mp4'), 'x');
    writeFileSync(join(outside, 'secret'), 'x');
    symlinkSync(outside, join(root, 'way-out'));
    symlinkSync(join(root, 'sub'), join(root, 'inside'));
    expect(await grantWithin(root, 'sub/../sub/film.mp4')).toBe(join(root, 'sub/film.mp4'));
    expect(await grantWithin(root, 'inside/film.mp4')).toBe(join(root, 'sub/film.mp4'));
    for (const path of ['way-out/secret', `../${outside.split('/').at(-1) ?? ''}/secret`, join(outside, 'secret'), '/etc/passwd', '..', 'sub/../../x']) {
      await expect(grantWithin(root, path), path).rejects.toMatchObject({ code: expect.stringMatching(/path-not-granted|media-not-found/) as string });
    }
    await expect(grantWithin(root, 'sub')).rejects.toMatchObject({ message: 'sub is a folder, not a file.' });
  });

  test('never resolves to a place outside, whatever its parts', async () => {
    const root = tempFolder();
    mkdirSync(join(root, 'a/b'), { recursive: true });
    writeFileSync(join(root, 'a/b/film.mp4'), 'x');
    const part = fc.constantFrom('a', 'b', '..', '.', '', 'film.mp4', '...', '~', ' ', '..\\..', '%2e%2e');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 7 }), fc.boolean(), async (parts, isAbsolute) => {
        const given = (isAbsolute ? '/' : '') + parts.join('/');
        const granted = await grantWithin(root, given).catch(() => null);
        if (granted !== null) expect(granted).toBe(join(root, 'a/b/film.mp4'));
        expect(granted !== null).toBe(!isAbsolute && resolve(root, given) === join(root, 'a/b/film.mp4'));
      }),
      { numRuns: 300 },
    );
  });

  test('a folder whose name begins like the root is not inside it', () => {
    expect([isWithin('/a/b', '/a/bc'), isWithin('/a/b', '/a/b/..c'), isWithin('/a/b', '/a/b'), isWithin('/a/b', '/a')]).toEqual([false, true, true, false]);
  });
});

describe('an output', () => {
  test('is granted in a folder that is there, and does not replace a file unasked', async () => {
    const folder = tempFolder();
    const path = join(folder, 'out.mp4');
    expect(await grantOutput(path, { mayReplace: false, keptFolder: '/kept' })).toBe(path);
    writeFileSync(path, 'x');
    await expect(grantOutput(path, { mayReplace: false, keptFolder: '/kept' })).rejects.toMatchObject({ code: 'output-exists', message: 'out.mp4 is there already.' });
    expect(await grantOutput(path, { mayReplace: true, keptFolder: '/kept' })).toBe(path);
  });

  test('is not written through a link, onto a folder or a device, or where there is no folder', async () => {
    const folder = tempFolder();
    symlinkSync('/etc/hosts', join(folder, 'link.mp4'));
    for (const path of [join(folder, 'link.mp4'), folder, '/dev/null', join(folder, 'no/out.mp4')]) {
      await expect(grantOutput(path, { mayReplace: true, keptFolder: '/kept' }), path).rejects.toMatchObject({ code: 'output-unwritable' });
    }
  });
});
