/** The picture of a film as it comes to be, over files and an FFmpeg that are no more than arrays. */
import { describe, expect, test } from 'vitest';

import { AppError } from '../../../contract/errors.ts';
import type { AssemblyFiles, AssemblyTools, ByteRange, StreamIndex } from '../ports.ts';
import type { JointPart, Part } from '../timeline/parts.ts';
import type { ClipCopy } from './copies.ts';
import { FilmPicture, type PictureOptions } from './film-picture.ts';
import type { Ready } from './film-record.ts';

const rate = { numerator: 30, denominator: 1 };
const GROUP = 15;

function indexOf(frames: number): StreamIndex {
  const keys = Array.from({ length: Math.ceil(frames / GROUP) }, (_, i) => i * GROUP);
  return { offsets: Array.from({ length: frames + 1 }, (_, i) => i), keys, sizes: new Array<number>(frames).fill(1), parameters: 'p' };
}

const copyOf = (name: string, frames: number): ClipCopy => ({ key: name, path: name, index: indexOf(frames), first: 0, frames, keys: indexOf(frames).keys });
const copyPart = (clip: number, start: number, frames: number): Part => ({ kind: 'copy', start, stretch: { clip, from: 0, to: frames } });
const jointPart = (start: number, frames: number): JointPart => ({ kind: 'joint', start, frames, leaving: null, entering: { clip: 0, from: 1, to: 1 + frames }, transition: null });

/** @param run  what FFmpeg does for a joint */
function world(parts: readonly Part[], copies: readonly ClipCopy[], run: () => Promise<void> = () => Promise.resolve()) {
  const read: ByteRange[] = [];
  const looked: number[] = [];
  const files = {
    workPath: (key: string, extension: string) => `${key}.${extension}`,
    partialPath: (path: string) => `${path}.partial`,
    has: () => false,
    sizeOf: () => Promise.resolve(-1),
    joinBytes: () => Promise.resolve(),
    indexStream: () => Promise.resolve(indexOf(10)),
    publish: () => Promise.resolve(10),
    writeText: () => Promise.resolve(),
    discard: () => Promise.resolve(),
    read: async function* (ranges: AsyncIterable<ByteRange>) {
      for await (const range of ranges) {
        read.push(range);
        yield new Uint8Array(range.to - range.from);
      }
    },
  } as unknown as AssemblyFiles;
  const tools = {
    run,
    look: async (pictures: AsyncIterable<Uint8Array>) => {
      for await (const bytes of pictures) looked.push(bytes.length);
      return { black: [], frozen: [] };
    },
  } as unknown as AssemblyTools;
  const ready = { parts, copies, timeline: { rate }, rough: { profile: { codec: 'libx264', width: 64, height: 64, rate, group: GROUP, fit: 'pad', effort: 'veryfast', quality: 20, bitrate: null } } } as unknown as Ready;
  const options: PictureOptions = {
    onJoints: () => undefined,
    beside: (work) => {
      const begun = work(new AbortController().signal);
      begun.catch(() => undefined);
      return begun;
    },
  };
  return { picture: new FilmPicture({ files, tools, cores: 2 }, ready, options), read, looked };
}

const bytesOf = async (stream: AsyncIterable<Uint8Array>): Promise<number> => {
  let sum = 0;
  for await (const { length } of stream) sum += length;
  return sum;
};

describe('a picture without joints', () => {
  test('is there at once, a stretch of two hours as well', async () => {
    const frames = 200_000;
    const { picture, looked } = world([copyPart(0, 0, frames)], [copyOf('a', frames)]);
    expect((await picture.sizes).length).toBe(frames);
    expect(picture.isMade).toBe(true);
    await picture.seen;
    // A picture a second, and the last one twice.
    expect(looked.length).toBe(Math.ceil(frames / 30) + 1);
  });
});

describe('a picture with a joint', () => {
  const parts = [copyPart(0, 0, 30), jointPart(30, 10), copyPart(1, 40, 30)];
  const copies = [copyOf('a', 60), copyOf('b', 60)];

  test('is read in the order of the film, up to the joint before that is made, and from the beginning when it is asked for again', async () => {
    const gate = Promise.withResolvers<void>();
    const { picture, read } = world(parts, copies, () => gate.promise);
    const stream = picture.stream()[Symbol.asyncIterator]();
    expect(((await stream.next()).value as Uint8Array).length).toBe(30);
    expect(picture.isMade).toBe(false);
    const next = stream.next();
    gate.resolve();
    expect(((await next).value as Uint8Array).length).toBe(10);
    expect((await picture.sizes).length).toBe(70);
    await picture.seen;
    read.length = 0;
    expect(await bytesOf(picture.stream())).toBe(70);
    expect(read.map(({ path }) => path.slice(-5))).toEqual(['a', expect.stringContaining('h264'), 'b']);
  });

  test('fails everywhere with what the joint failed with, wherever it is waited for', async () => {
    const full = new AppError('disk-full', 'The disk is full.', { hint: 'Free some space.' });
    const { picture } = world(parts, copies, () => Promise.reject(full));
    await expect(bytesOf(picture.stream())).rejects.toBe(full);
    await expect(picture.sizes).rejects.toBe(full);
    await expect(picture.seen).rejects.toBe(full);
  });
});
