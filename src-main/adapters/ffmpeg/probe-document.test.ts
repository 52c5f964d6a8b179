import { describe, expect, test } from 'vitest';

import { ProbeJsonSchema, displaySize, isVariableRate, probeOf } from './probe-document.ts';

const video = { index: 0, codec_type: 'video', codec_name: 'h264', width: 1920, height: 1080, pix_fmt: 'yuv420p', r_frame_rate: '30/1', avg_frame_rate: '30/1' };
const probe = (streams: object[], format: object = { format_name: 'mov,mp4', duration: '2.5' }) => probeOf(ProbeJsonSchema.parse({ format, streams }));

describe('the size as shown', () => {
  test.each([
    [1920, 1080, '1:1', 0, 1920, 1080],
    [1440, 1080, '4:3', 0, 1920, 1080],
    [1920, 1080, undefined, 90, 1080, 1920],
    [720, 576, '64:45', 270, 576, 1024],
    [720, 576, '0:1', 180, 720, 576],
    [720, 576, '65535:1', 0, 720, 576],
    [1, 1, '1:16', 0, 1, 1],
  ])('of %i × %i at %s turned by %i is %i × %i', (width, height, aspect, rotation, shownWidth, shownHeight) => {
    expect(displaySize(width, height, aspect, rotation)).toEqual([shownWidth, shownHeight]);
  });
});

describe('a probe', () => {
  test('takes the first picture that is not a cover, and the first sound', () => {
    const cover = { ...video, index: 0, codec_name: 'mjpeg', disposition: { attached_pic: 1 } };
    const sounds = [1, 2].map((index) => ({ index, codec_type: 'audio', codec_name: `codec${index}`, sample_rate: '48000', channels: 2 }));
    expect(probe([cover, { ...video, index: 3, codec_name: 'hevc' }, ...sounds])).toMatchObject({ video: { codec: 'hevc' }, audio: { codec: 'codec1', sample_rate: 48_000 } });
    expect(probe([cover, ...sounds]).video).toBeNull();
  });

  test.each([
    ['yuv420p', undefined, 8],
    ['yuv420p10le', undefined, 10],
    ['p010le', undefined, 10],
    ['gray12le', undefined, 12],
    ['yuvj420p', '8', 8],
    ['bgra', 'N/A', 8],
  ])('of %s (%s) has %s bits', (pixFmt, raw, bits) => {
    expect(probe([{ ...video, pix_fmt: pixFmt, ...(raw === undefined ? {} : { bits_per_raw_sample: raw }) }]).video?.bit_depth).toBe(bits);
  });

  test('turns FFmpeg’s counter-clockwise angle into the turn of a player', () => {
    const turned = (rotation: number) => probe([{ ...video, side_data_list: [{}, { rotation }] }]).video;
    expect([-90, 90, -180, 180, 0].map((angle) => turned(angle)?.rotation_deg)).toEqual([90, 270, 180, 180, 0]);
    expect(turned(-90)).toMatchObject({ display_width: 1080, display_height: 1920 });
  });

  test('takes the duration of the container, else of a stream, else none', () => {
    expect(probe([video]).duration_s).toBe(2.5);
    expect(probe([{ ...video, duration: '4.25' }], { format_name: 'h264' }).duration_s).toBe(4.25);
    expect(probe([{ ...video, duration: 'N/A' }], { format_name: 'h264', duration: 'N/A' }).duration_s).toBe(0);
  });
});

describe('a variable rate', () => {
  const even = Array.from({ length: 60 }, (_, i) => i * 512);

  test('is told by rates that disagree or by uneven distances, not by the order of storage or rounding', () => {
    const stream = ProbeJsonSchema.parse({ format: { format_name: 'x' }, streams: [video] }).streams[0];
    if (!stream) throw new Error('no stream');
    const shuffled = even.map((_, i) => even[i % 4 === 1 ? i + 2 : i % 4 === 3 ? i - 2 : i] ?? 0);
    const milliseconds = Array.from({ length: 60 }, (_, i) => Math.round((i * 1001) / 30));
    expect([even, shuffled, milliseconds, [], [0]].map((pts) => isVariableRate(stream, pts))).toEqual([false, false, false, false, false]);
    expect(isVariableRate(stream, even.filter((_, i) => i % 5 !== 3))).toBe(true);
    expect(isVariableRate({ ...stream, avg_frame_rate: '210/17' }, [])).toBe(true);
  });
});
