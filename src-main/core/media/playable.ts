/**
 * Whether a page can be expected to play a file as it is. The table is what Chromium with its usual codecs takes; a page
 * that finds otherwise says so and gets a proxy.
 */
import type { Probe } from '../../contract/documents/media-item.ts';

interface Container {
  readonly demuxers: readonly string[];
  readonly video: readonly string[];
  readonly audio: readonly string[];
  readonly mimeType: { readonly video: string; readonly audio: string };
}

const CONTAINERS: readonly Container[] = [
  {
    demuxers: ['mov'],
    video: ['h264', 'av1', 'vp9'],
    audio: ['aac', 'mp3', 'opus', 'flac'],
    mimeType: { video: 'video/mp4', audio: 'audio/mp4' },
  },
  {
    demuxers: ['matroska'],
    video: ['vp8', 'vp9', 'av1', 'h264'],
    audio: ['opus', 'vorbis', 'aac', 'flac', 'mp3'],
    mimeType: { video: 'video/webm', audio: 'audio/webm' },
  },
  { demuxers: ['ogg'], video: [], audio: ['vorbis', 'opus', 'flac'], mimeType: { video: 'video/ogg', audio: 'audio/ogg' } },
  { demuxers: ['mp3'], video: [], audio: ['mp3'], mimeType: { video: '', audio: 'audio/mpeg' } },
  { demuxers: ['wav'], video: [], audio: ['pcm_s16le', 'pcm_s24le', 'pcm_f32le', 'pcm_u8', 'pcm_s32le'], mimeType: { video: '', audio: 'audio/wav' } },
  { demuxers: ['flac'], video: [], audio: ['flac'], mimeType: { video: '', audio: 'audio/flac' } },
  { demuxers: ['aac'], video: [], audio: ['aac'], mimeType: { video: '', audio: 'audio/aac' } },
];

const PICTURES: Readonly<Record<string, string>> = {
  jpeg_pipe: 'image/jpeg',
  png_pipe: 'image/png',
  webp_pipe: 'image/webp',
  bmp_pipe: 'image/bmp',
  tiff_pipe: 'image/tiff',
  gif: 'image/gif',
};

const containerOf = (probe: Probe): Container | undefined => {
  const names = probe.demuxer.split(',');
  return CONTAINERS.find(({ demuxers }) => demuxers.some((name) => names.includes(name)));
};

export function mimeTypeOf(probe: Probe): string {
  const picture = PICTURES[probe.demuxer];
  if (picture !== undefined) return picture;
  const mime = containerOf(probe)?.mimeType[probe.video ? 'video' : 'audio'] ?? '';
  return mime === '' ? 'application/octet-stream' : mime;
}

/** 8-bit 4:2:0 is what hardware and software decoders of pages share; AV1 and VP9 also take 10 bits. */
function isPicturePlayable(video: NonNullable<Probe['video']>): boolean {
  const isPlain = video.pixel_format === null || /^yuvj?420p$/.test(video.pixel_format);
  return isPlain || (video.codec !== 'h264' && /^yuv420p10/.test(video.pixel_format ?? ''));
}

export function isPlayable(probe: Probe): boolean {
  const container = containerOf(probe);
  if (!container) return false;
  const { video, audio } = probe;
  const hasPicture = video === null || (container.video.includes(video.codec) && isPicturePlayable(video));
  return hasPicture && (audio === null || container.audio.includes(audio.codec));
}
