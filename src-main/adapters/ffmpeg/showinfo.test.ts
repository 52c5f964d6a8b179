import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ShowinfoParser } from './showinfo.ts';

const text = [
  "Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:/a/pts: 9.mp4':",
  '[Parsed_showinfo_2 @ 0x55c49a7df300] config in time_base: 1001/30000, frame_rate: 30000/1001',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] config out time_base: 0/0, frame_rate: 0/0',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   0 pts:      0 pts_time:0       pos:       48 fmt:yuv420p sar:1/1',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] color_range:pc color_space:unknown',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   1 pts:      1 pts_time:0.0333667 pos:  7156 fmt:yuv420p sar:1/1',
  '[h264 @ 0x55c49a7df300] error while decoding MB 3 4',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   2 pts:  NOPTS pts_time:NOPTS pos:  7156 fmt:yuv420p sar:1/1',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] config in time_base: 1/1000, frame_rate: 25/1',
  '[Parsed_showinfo_2 @ 0x55c49a7df300] n:   0 pts: 108000123 pts_time:108000 pos: 9 fmt:yuv420p sar:1/1',
  '',
].join('\n');

const expected = [0, 1001 / 30000, Number.NaN, 108000.123];

test('times are the exact pts times the time base, also after the graph was made anew', () => {
  expect(new ShowinfoParser().push(text)).toEqual(expected);
});

test('cutting stderr anywhere gives the same times', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 9 }), (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), text.length];
      const parser = new ShowinfoParser();
      expect(edges.slice(1).flatMap((end, i) => parser.push(text.slice(edges[i], end)))).toEqual(expected);
    }),
  );
});
