import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { tinyNetwork } from '../../../tests/fixtures/onnx.ts';
import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { Network } from './network.ts';

function tiny(op: string, shape: (number | null)[], found = shape): Promise<Network> {
  const path = join(tempFolder(), 'tiny.onnx');
  writeFileSync(path, tinyNetwork(op, found));
  return Network.load({ path, name: 'tiny.onnx', inputs: [{ name: 'x', type: 'float32', shape }], outputs: [{ name: 'y', type: 'float32', shape }] });
}

test('a network answers with the numbers of its outputs', async () => {
  const network = await tiny('Sqrt', [1, null]);
  expect(await network.run({ x: { data: Float32Array.of(1, 4, 9), shape: [1, 3] } })).toEqual({ y: Float32Array.of(1, 2, 3) });
});

test('what is no number in an output is an error, not a result', async () => {
  const network = await tiny('Sqrt', [1, 2]);
  await expect(network.run({ x: { data: Float32Array.of(1, -4), shape: [1, 2] } })).rejects.toMatchObject({
    code: 'model-unusable',
    message: 'tiny.onnx cannot be used: its output “y” holds what is no number.',
  });
});

test('an input of a wrong shape is an error with the model’s name', async () => {
  const network = await tiny('Identity', [1, 2]);
  await expect(network.run({ x: { data: Float32Array.of(1, 2, 3), shape: [1, 3] } })).rejects.toMatchObject({ code: 'model-unusable' });
});

test('a network whose lengths are open where fixed ones are known is refused', async () => {
  await expect(tiny('Identity', [1, 2], [1, null])).rejects.toMatchObject({ code: 'model-unusable' });
});
