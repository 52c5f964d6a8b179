import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ShowinfoParser, type ShownFrame } from './showinfo.ts';

const text = [
  "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a/pts: 9.mp4':",
  '[Parsed_showinfo_2 @ 0x55c49a7df300] config in time_base: 1001/30000, frame_rate: 30000/1001',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] config out time_base: 0/0, frame_rate: 0/0',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   0 pts:      0 pts_time:0       pos:       48 fmt:yuv420p sar:1/1',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] color_range:pc color_space:unknown',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   1 pts:      1 pts_time:0.0333667 pos:  7156 fmt:yuv420p sar:1/1',
  '[h264 @ 0x55c49a7df300] error while decoding MB 3 4',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] color_range:tv color_space:bt709 color_primaries:bt709 color_trc:bt709',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   2 pts:  NOPTS pts_time:NOPTS pos:  7156 fmt:yuv420p sar:1/1',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] config in time_base: 1/1000, frame_rate: 25/1',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   0 pts: 108000123 pts_time:108000 pos: 9 fmt:yuv420p sar:1/1',
  '',
].join('\n');

const expected = [
  { timeS: 0, colorSpace: 'unknown' },
  { timeS: 1001 / 30000, colorSpace: 'bt709' },
  { timeS: Number.NaN, colorSpace: 'unknown' },
  { timeS: 108000.123, colorSpace: 'unknown' },
];

function parse(pieces: readonly string[]): ShownFrame[] {
  const parser = new ShowinfoParser();
  return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
}

test('times are the exact pts times the time base, also after the graph was made anew, and colours those of their frame', () => {
  expect(parse([text])).toEqual(expected);
});

test('cutting stderr anywhere gives the same times', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 9 }), (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), text.length];
      expect(parse(edges.slice(1).map((end, i) => text.slice(edges[i], end)))).toEqual(expected);
    }),
  );
});
