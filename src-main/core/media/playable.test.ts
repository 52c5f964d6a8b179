import { expect, test } from 'vitest';

import type { Probe } from '../../contract/documents/media-item.ts';
import { isPlayable, mimeTypeOf } from './playable.ts';

function probe(demuxer: string, video: string | null, audio: string | null, pixels = 'yuv420p'): Probe {
  const picture = { width: 64, height: 64, display_width: 64, display_height: 64, rotation_deg: 0, frame_rate: null, is_variable_rate: false, bit_depth: 8 };
  return {
    demuxer,
    duration_s: 1,
    video: video === null ? null : { ...picture, codec: video, pixel_format: pixels },
    audio: audio === null ? null : { codec: audio, sample_rate: 48_000, channels: 2 },
  };
}

const MP4 = 'mov,mp4,m4a,3gp,3g2,mj2';
const WEBM = 'matroska,webm';

test.each([
  [MP4, 'h264', 'aac', 'yuv420p', true, 'video/mp4'],
  [MP4, 'h264', null, 'yuvj420p', true, 'video/mp4'],
  [MP4, 'h264', 'aac', 'yuv444p', false, 'video/mp4'],
  [MP4, 'h264', 'aac', 'yuv420p10le', false, 'video/mp4'],
  [MP4, 'av1', 'opus', 'yuv420p10le', true, 'video/mp4'],
  [MP4, 'hevc', 'aac', 'yuv420p', false, 'video/mp4'],
  [MP4, 'prores', 'pcm_s16le', 'yuv422p10le', false, 'video/mp4'],
  [MP4, 'h264', 'ac3', 'yuv420p', false, 'video/mp4'],
  [MP4, null, 'aac', 'yuv420p', true, 'audio/mp4'],
  [WEBM, 'vp9', 'opus', 'yuv420p', true, 'video/webm'],
  [WEBM, 'mpeg4', null, 'yuv420p', false, 'video/webm'],
  ['gif', 'gif', null, 'bgra', false, 'image/gif'],
  ['avi', 'h264', 'mp3', 'yuv420p', false, 'application/octet-stream'],
  ['wav', null, 'pcm_s16le', 'yuv420p', true, 'audio/wav'],
  ['aiff', null, 'pcm_s16be', 'yuv420p', false, 'application/octet-stream'],
  ['jpeg_pipe', 'mjpeg', null, 'yuvj420p', false, 'image/jpeg'],
])('%s with %s and %s in %s: playable %s, as %s', (demuxer, video, audio, pixels, playable, mime) => {
  const subject = probe(demuxer, video, audio, pixels);
  expect([isPlayable(subject), mimeTypeOf(subject)]).toEqual([playable, mime]);
});
