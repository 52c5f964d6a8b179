import fc from 'fast-check';
import { expect, test } from 'vitest';

import { bytesPerFrame, readWavHeader, wavHeader } from './wav-header.ts';

const format = { sampleRate: 48_000, channels: 2, sampleFormat: 'f32', comment: 'Kinetone' } as const;

test('a header read back gives the format and the length that were written', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('s24' as const, 'f32' as const),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 0, max: 2 ** 40 }),
      fc.string({ maxLength: 60 }),
      (sampleFormat, channels, frames, comment) => {
        const written = { sampleRate: 44_100, channels, sampleFormat, comment };
        const header = wavHeader(written, frames);
        const read = readWavHeader(header, header.length + frames * bytesPerFrame(written));
        expect(read).toEqual({ sampleRate: 44_100, channels, sampleFormat, dataOffset: header.length, frames });
      },
    ),
  );
});

test('a file above 4 GiB is RF64 with its sizes in ds64, and its header is as long as a small file’s', () => {
  const small = wavHeader(format, 10);
  const large = wavHeader(format, 2 ** 30);
  expect([small.toString('latin1', 0, 4), small.toString('latin1', 12, 16)]).toEqual(['RIFF', 'JUNK']);
  expect([large.toString('latin1', 0, 4), large.toString('latin1', 12, 16)]).toEqual(['RF64', 'ds64']);
  expect(large.length).toBe(small.length);
  expect(Number(large.readBigUInt64LE(28))).toBe(2 ** 33);
});

test('garbage is never read past its end, with or without the magic of a WAV', () => {
  const start = Buffer.from('RIFF....WAVE', 'latin1');
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, hasMagic) => {
      const head = hasMagic ? Buffer.concat([start, bytes]) : Buffer.from(bytes);
      const read = readWavHeader(head, 1e6);
      expect(hasMagic || read === null).toBe(true);
    }),
  );
});
