import { mkdirSync, readdirSync, readlinkSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { fileOf } from '../../../tests/fixtures/model-world.ts';
import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { isAbort } from '../../contract/errors.ts';
import { openDataFolder } from './data-folder.ts';
import { DiskModelFiles } from './model-files.ts';

/** Files this process has open now. */
const openFiles = (): string[] => readdirSync('/proc/self/fd').flatMap((fd) => {
  try {
    return [readlinkSync(`/proc/self/fd/${fd}`)];
  } catch {
    // Closed since the list was read.
    return [];
  }
});

function world(): { files: DiskModelFiles; folder: string } {
  return { files: new DiskModelFiles(openDataFolder({ flag: tempFolder() })), folder: realpathSync(tempFolder()) };
}

test.skipIf(process.platform !== 'linux')('a copy that fails leaves no file open, whether the target cannot be made, the bytes are others, or it is given up', async () => {
  const { files, folder } = world();
  const source = join(folder, 'model.onnx');
  writeFileSync(source, Buffer.alloc(3 << 20, 7));
  const { sha256 } = fileOf('model.onnx', Buffer.alloc(3 << 20, 7));
  const given = new AbortController();
  given.abort();
  const attempts = [
    // With the ending of a partial file the name is longer than file systems take.
    () => files.keep(source, 'model', { name: `${'n'.repeat(245)}.onnx`, sha256 }),
    () => files.keep(source, 'model', { name: 'model.onnx', sha256: '0'.repeat(64) }),
    () => files.keep(source, 'model', { name: 'model.onnx', sha256 }, given.signal),
  ];
  for (const attempt of attempts) {
    await expect(attempt()).rejects.toThrow();
    expect(openFiles()).not.toContain(source);
  }
  expect(await files.keep(source, 'model', { name: 'model.onnx', sha256 })).toMatchObject({ sizeBytes: 3 << 20 });
  expect(openFiles()).not.toContain(source);
});

test('looking through a folder stops when it is given up', async () => {
  const { files, folder } = world();
  for (const name of ['a', 'b', 'c']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'model.onnx'), name);
  }
  const controller = new AbortController();
  const found: string[] = [];
  const look = async (): Promise<void> => {
    for await (const { path } of files.find(folder, controller.signal)) {
      found.push(path);
      controller.abort();
    }
  };
  const refusal = await look().catch((error: unknown) => error);
  expect([found, isAbort(refusal)]).toEqual([[join(folder, 'a', 'model.onnx')], true]);
});
