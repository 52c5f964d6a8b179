import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { ffprobeJson, makeMedia } from '../../../../tests/fixtures/make-media.ts';
import { tempFolder } from '../../../../tests/fixtures/temp-folder.ts';
import { StreamScanner } from './annex-b.ts';

test.each([['one slice'], ['four slices']])('finds the pictures of a stream with %s a picture, in pieces of any size', (slices) => {
  const folder = tempFolder();
  const threads = slices === 'one slice' ? [] : ['-x264-params', 'sliced-threads=1:slices=4:threads=4'];
  const path = makeMedia(folder, 'film.h264', ['-f', 'lavfi', '-i', 'testsrc2=s=128x128:r=25:d=2', '-c:v', 'libx264', '-preset', 'veryfast', '-bf', '0', '-g', '10', ...threads, '-f', 'h264']);
  const bytes = readFileSync(path);
  const scanned = [1, 7, 997, bytes.length].map((size) => {
    const scanner = new StreamScanner();
    for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.subarray(at, at + size));
    return scanner.end();
  });
  for (const index of scanned) expect(index).toEqual(scanned[0]);
  const packets = ffprobeJson(path, ['-show_entries', 'packet=size,flags']) as unknown as { packets: { size: string; flags: string }[] };
  const { offsets = [], keys = [], sizes = [], parameters = '' } = scanned[0] ?? {};
  expect(offsets.length - 1).toBe(50);
  expect(packets.packets.map(({ size }) => Number(size))).toEqual(offsets.slice(1).map((end, i) => end - (offsets[i] ?? 0)));
  expect(keys).toEqual([0, 10, 20, 30, 40]);
  expect(parameters.split(',').map((set) => set.slice(0, 2))).toEqual(['67', '68']);
  // In a file each slice stands behind its length, without the parameter sets.
  const inFile = `${folder}/film.mp4`;
  execFileSync('ffmpeg', ['-v', 'error', '-r', '25', '-i', path, '-c', 'copy', '-bsf:v', 'filter_units=remove_types=6-9', inFile]);
  const kept = ffprobeJson(inFile, ['-show_entries', 'packet=size']) as unknown as { packets: { size: string }[] };
  expect(kept.packets.map(({ size }) => Number(size))).toEqual(sizes);
});
