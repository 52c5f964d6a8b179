import fc from 'fast-check';
import { expect, test } from 'vitest';

import { ProgressParser } from './progress.ts';

const block = (frame: number, us: string, end = 'continue'): string =>
  `frame=${frame}\nfps=25.0\nstream_0_0_q=-0.0\nbitrate= 128.0kbits/s\ntotal_size=1024\nout_time_us=${us}\nout_time_ms=${us}\nout_time=00:00:01.000000\nspeed=1.50x\nprogress=${end}\n`;

test('a block gives frame, position, speed and size', () => {
  expect(new ProgressParser().push(block(30, '1000000', 'end'))).toEqual([
    { frame: 30, outTimeS: 1, speed: 1.5, totalBytes: 1024, isEnd: true },
  ]);
});

test('a position that is not known yet is null, not a number', () => {
  expect(new ProgressParser().push('frame=0\nout_time_us=N/A\nspeed=N/A\nprogress=continue\n')).toEqual([
    { frame: 0, outTimeS: null, speed: null, totalBytes: null, isEnd: false },
  ]);
});

test('cutting the text anywhere gives the same blocks', () => {
  const text = block(1, '33333') + block(2, '66666') + block(3, '100000', 'end');
  const whole = new ProgressParser().push(text);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 12 }), (cuts) => {
      const edges = [0, ...cuts.sort((a, b) => a - b), text.length];
      const parser = new ProgressParser();
      const found = edges.slice(1).flatMap((end, i) => parser.push(text.slice(edges[i], end)));
      expect(found).toEqual(whole);
    }),
  );
});
