/** Models added, looked at and refused: whole files only, and nothing that is not what the manifest says. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { Tensor } from '../../src-main/contract/documents/model.ts';
import { fileOf, modelWorld, specOf } from '../fixtures/model-world.ts';
import { tinyNetwork } from '../fixtures/onnx.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const x = (shape: Tensor['shape']): Tensor[] => [{ name: 'x', type: 'float32', shape }];
const y = (shape: Tensor['shape']): Tensor[] => [{ name: 'y', type: 'float32', shape }];
const network = tinyNetwork('Identity', [1, 4]);
const table = Buffer.from('one,two,three');
const pair = specOf('pair', [fileOf('pair.onnx', network, { inputs: x([1, 4]), outputs: y([1, 4]) }), fileOf('pair.csv', table)]);
const codes = (rejected: readonly { error: { code: string } }[]): string[] => rejected.map(({ error }) => error.code);

describe('adding', () => {
  test('a folder adds every model in it, whatever its files are called', async () => {
    const { models, put, source } = modelWorld([pair]);
    put('renamed.bin', network);
    mkdirSync(join(source, 'below'));
    put('below/pair.csv', table);
    put('notes.txt', Buffer.from('not a model’s'));
    const { models: added, rejected } = await models.add(source);
    expect({ ids: added.map(({ id, state }) => [id, state]), rejected }).toEqual({ ids: [['pair', 'present']], rejected: [] });
    expect((await models.verify('pair'))[0]?.error).toBeNull();
  });

  test('a file that is only a part leaves the model incomplete, and says what is missing', async () => {
    const { models, put } = modelWorld([pair]);
    const { models: added } = await models.add(put('pair.onnx', network));
    expect(added[0]).toMatchObject({ state: 'incomplete', missing_files: ['pair.csv'] });
    expect(models.isHere('pair')).toBe(false);
    await expect(models.use('pair')).rejects.toMatchObject({ code: 'model-absent', message: expect.stringContaining('pair.csv') as string });
  });

  test('a wrong checksum, a truncated file and an unknown one are refused, and nothing of them is kept', async () => {
    const { models, put, folder } = modelWorld([pair]);
    const other = Buffer.from(network);
    other[other.length - 1]! ^= 1;
    expect(codes((await models.add(put('pair.onnx', other))).rejected)).toEqual(['model-damaged']);
    const { rejected } = await models.add(put('pair.onnx', network.subarray(0, 20)));
    expect(rejected[0]?.error).toMatchObject({ code: 'model-damaged', message: expect.stringContaining('20 bytes instead of') as string });
    expect(codes((await models.add(put('stranger.onnx', Buffer.from('?')))).rejected)).toEqual(['model-unknown']);
    expect(codes((await models.add(tempFolder())).rejected)).toEqual(['model-unknown']);
    expect(readdirSync(folder.models)).toEqual([]);
  });

  test('a link that leaves the folder is not followed', async () => {
    const { models, put, folder } = modelWorld([pair]);
    const outside = put('pair.onnx', network);
    const inside = tempFolder();
    symlinkSync(outside, join(inside, 'pair.onnx'));
    expect(codes((await models.add(inside)).rejected)).toEqual(['model-unknown']);
    expect(readdirSync(folder.models)).toEqual([]);
  });

  test('a file that changes between the look and the copy is refused, and no half copy is left', async () => {
    const { files, put, folder } = modelWorld([pair]);
    const path = put('pair.onnx', network);
    await expect(files.keep(path, 'pair', { name: 'pair.onnx', sha256: 'a'.repeat(64) })).rejects.toMatchObject({ code: 'model-damaged' });
    expect(readdirSync(join(folder.models, 'pair'))).toEqual([]);
  });

  test('bytes of an upload are recognised, and too many are refused before they fill the disk', async () => {
    const { models, folder } = modelWorld([pair]);
    const { models: added } = await models.addBytes(new Blob([new Uint8Array(network)]).stream(), 'pair.onnx');
    expect(added.map(({ id }) => id)).toEqual(['pair']);
    await expect(models.addBytes(new Blob([new Uint8Array(network.length + 1)]).stream(), 'pair.onnx')).rejects.toMatchObject({ code: 'request-too-large' });
    await expect(models.addBytes(new Blob([new Uint8Array(network.length)]).stream(), 'pair.onnx')).rejects.toMatchObject({ code: 'model-damaged' });
    expect(readdirSync(folder.incoming)).toEqual([]);
  });
});

describe('using', () => {
  test('a file that changes on the disk is refused before it is used; one that was only touched is not', async () => {
    const { models, put, folder } = modelWorld([specOf('tiny', [fileOf('tiny.onnx', network)])]);
    await models.add(put('tiny.onnx', network));
    const kept = join(folder.models, 'tiny', 'tiny.onnx');
    utimesSync(kept, 1, 1);
    expect((await models.use('tiny')).paths).toEqual({ 'tiny.onnx': kept });
    appendFileSync(kept, 'x');
    await expect(models.use('tiny')).rejects.toMatchObject({ code: 'model-changed', message: expect.stringContaining('tiny.onnx') as string });
    expect((await models.list())[0]?.state).toBe('changed');
    truncateSync(kept, 10);
    expect((await models.verify(undefined))[0]?.error?.code).toBe('model-changed');
    await models.add(put('tiny.onnx', network));
    expect((await models.list())[0]?.state).toBe('present');
  });

  test('a file replaced by a link is not there', async () => {
    const { models, put, folder } = modelWorld([specOf('tiny', [fileOf('tiny.onnx', network)])]);
    mkdirSync(join(folder.models, 'tiny'), { recursive: true });
    symlinkSync(put('tiny.onnx', network), join(folder.models, 'tiny', 'tiny.onnx'));
    await expect(models.use('tiny')).rejects.toMatchObject({ code: 'model-absent' });
  });

  test('a removed model is gone with its folder; one that is not here cannot be removed', async () => {
    const { models, put, folder } = modelWorld([specOf('tiny', [fileOf('tiny.onnx', network)])]);
    await models.add(put('tiny.onnx', network));
    expect((await models.remove('tiny')).state).toBe('absent');
    expect(existsSync(join(folder.models, 'tiny'))).toBe(false);
    await expect(models.remove('tiny')).rejects.toMatchObject({ code: 'model-absent' });
    await expect(models.remove('nobody')).rejects.toMatchObject({ code: 'model-not-found' });
  });

  test('a stamp file of nonsense only means that the bytes are read again', async () => {
    const { models, put, folder } = modelWorld([specOf('tiny', [fileOf('tiny.onnx', network)])]);
    await models.add(put('tiny.onnx', network));
    writeFileSync(join(folder.models, 'tiny', '.added.json'), 'nonsense');
    expect((await models.list())[0]?.state).toBe('present');
  });
});

test('networks of wrong shapes and files that are none fail their check with the file’s name and what to do', async () => {
  const garbage = Buffer.from('this is no network at all');
  const specs = [
    specOf('wrong-output', [fileOf('output.onnx', tinyNetwork('Identity', [1, 5]), { inputs: x([1, 5]), outputs: y([1, 4]) })]),
    specOf('wrong-input', [fileOf('input.onnx', tinyNetwork('Identity', [1, 6]), { inputs: x([null, 7]), outputs: y([1, 6]) })]),
    specOf('wrong-name', [fileOf('name.onnx', tinyNetwork('Identity', [1, 8]), { inputs: [{ name: 'image', type: 'float32', shape: [1, 8] }], outputs: y([1, 8]) })]),
    specOf('garbage', [fileOf('garbage.onnx', garbage, { inputs: x([1]), outputs: y([1]) })]),
  ];
  const { models, put, source } = modelWorld(specs);
  put('output.onnx', tinyNetwork('Identity', [1, 5]));
  put('input.onnx', tinyNetwork('Identity', [1, 6]));
  put('name.onnx', tinyNetwork('Identity', [1, 8]));
  put('garbage.onnx', garbage);
  await models.add(source);
  const verified = await models.verify(undefined);
  expect(verified.map(({ error }) => error?.code)).toEqual(Array(4).fill('model-unusable'));
  expect(verified.map(({ error }) => error?.message)).toEqual([
    'output.onnx cannot be used: its output “y” is float32 [1, 5] instead of float32 [1, 4].',
    'input.onnx cannot be used: its input “x” is float32 [1, 6] instead of float32 [any, 7].',
    'name.onnx cannot be used: it has no input “image”.',
    'garbage.onnx cannot be used: it is no network that can be loaded.',
  ]);
  expect(verified.every(({ error }) => (error?.hint ?? '') !== '')).toBe(true);
});
