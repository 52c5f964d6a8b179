/**
 * How a file from a user is handed to FFmpeg: files only, the demuxer pinned, limits before anything is decoded.
 * Formats that open other files, run scripts or read devices are not media here.
 */
import { MAX_PICTURE_SIDE_PX, MAX_STREAMS } from '../../contract/limits.ts';

/** Demuxers that are refused: they name other files, run scripts, make pictures out of any text, or open devices. */
const REFUSED = new Set(
  [
    'hls applehttp dash webm_dash_manifest concat concatf imf vobsub mlv sdp rtsp rtp sap image2 image2pipe lavfi',
    'avisynth vapoursynth ffmetadata tty bin xbin adf idf data rawvideo bitpacked alsa android_camera avfoundation',
    'bktr decklink dshow fbdev gdigrab iec61883 jack kmsgrab libcdio libdc1394 openal oss pulse sndio v4l2 video4linux2',
    'vfwcap x11grab xcbgrab',
  ].flatMap((names) => names.split(' ')),
);

/** The demuxers a file may be opened with, for `-format_whitelist`. */
export function allowedDemuxers(all: readonly string[]): string {
  return all.filter((name) => !name.split(',').some((part) => REFUSED.has(part))).join(',');
}

/** "mov,mp4,m4a,3gp,3g2,mj2" is one demuxer with many names; `-f` takes one of them. */
export function demuxerName(names: string): string {
  return names.split(',')[0] ?? names;
}

/** Options before any input, a granted absolute path: what it may open and how large it may be. */
export function inputGuards(): string[] {
  return [
    ...['-protocol_whitelist', 'file,pipe'],
    ...['-max_streams', String(MAX_STREAMS)],
    ...['-max_pixels', String(MAX_PICTURE_SIDE_PX ** 2)],
  ];
}

export interface InputFile {
  /** Absolute path of a granted file. */
  readonly path: string;
  /** As probed, ProbeSchema.demuxer. */
  readonly demuxer: string;
}

/** `-i` with its guards. The `file:` prefix keeps a name with a colon, a percent sign or a leading dash a name. */
export function inputArguments(input: InputFile, options: readonly string[] = []): string[] {
  return [...inputGuards(), '-f', demuxerName(input.demuxer), ...options, '-i', `file:${input.path}`];
}
