import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { tempFolder } from '../../../tests/fixtures/temp-folder.ts';
import { AppError } from '../../contract/errors.ts';
import { EMBEDDINGS_IN_BATCH } from '../../contract/hosts/embeddings-file.ts';
import type { EmbeddingEntry } from '../../contract/hosts/embeddings-file.ts';
import type { HostCaller } from '../../core/host.ts';
import { HostEmbeddings } from '../../core/library/index.ts';
import { readEmbeddingsMethod } from './read-embeddings.ts';

const MOST_BYTES = 1_000_000;
/** The method as its host calls it, in this process. */
const host: HostCaller = {
  call: (_, input, { signal = new AbortController().signal, onEvent = () => undefined } = {}) => readEmbeddingsMethod(input, { signal, emit: onEvent, caller: host }),
};

function read(content: string | Buffer, signal?: AbortSignal): AsyncIterable<readonly EmbeddingEntry[]> {
  const path = join(tempFolder(), 'given.json');
  writeFileSync(path, content);
  return new HostEmbeddings(host).read({ path, name: 'given.json' }, MOST_BYTES, signal);
}

const audio = (value: number): number[] => Array.from({ length: 128 }, () => value);

test('entries come in their order in batches of bounded size, what is no vector with the reason', async () => {
  const many = Array.from({ length: 40 }, (_, at) => ({ clip_id: `clip-${at}`, audio_embedding: audio(at) }));
  const faulty = { move_id: 'm', video_path: 7, pose_embedding: [1, 2], audio_embedding: [...audio(1).slice(1), 1e20], text_embedding: null };
  const batches: (readonly EmbeddingEntry[])[] = [];
  for await (const batch of read(JSON.stringify({ moves: [...many, 'no object', [], faulty] }))) batches.push(batch);
  const all = batches.flat();
  expect([batches.every(({ length }) => length <= EMBEDDINGS_IN_BATCH), all.map(({ clip_id: id }) => id)]).toEqual([true, [...many.map(({ clip_id: id }) => id), null]]);
  expect([all[0]?.audio, all[39]?.audio]).toEqual([{ fault: 'zero' }, Float32Array.from(audio(39))]);
  expect(all[40]).toEqual({ video_path: null, clip_id: null, move_id: 'm', pose: { fault: 'length', got: 2 }, audio: { fault: 'numbers' }, text: null });
});

test.each([
  ['what is no JSON', '{ not', 'embeddings-unreadable', /given\.json is not JSON/],
  ['JSON without a list', '{"a": 1}', 'embeddings-unreadable', /holds no list/],
  ['what is no text', Buffer.from([0x5b, 0xff, 0xfe, 0x5d]), 'annotations-unreadable', /not text in UTF-8/],
  ['what is too large', Buffer.alloc(MOST_BYTES + 1, ' '), 'annotations-unreadable', /at most/],
])('%s is refused before anything is given', async (_, content, code, message) => {
  const first = read(content)[Symbol.asyncIterator]().next();
  const refused = await first.catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(AppError);
  expect(refused).toMatchObject({ code, message: expect.stringMatching(message) as string });
});

test('a reading that is given up ends in its host too', async () => {
  const controller = new AbortController();
  let batches = 0;
  const reading = async (): Promise<void> => {
    for await (const batch of read(JSON.stringify(Array.from({ length: 1600 }, () => ({ clip_id: 'a' }))), controller.signal)) {
      batches += batch.length > 0 ? 1 : 0;
      controller.abort();
    }
  };
  await expect(reading()).rejects.toThrow();
  expect(batches).toBeLessThan(100);
});
