/**
 * Finds out what a file is, within limits (10 s, 64 streams, 16384 pixels a side, no playlists), or says why it cannot be
 * used. Nothing is decoded but what ffprobe needs to name the streams.
 */
import { open } from 'node:fs/promises';

import type { Probe } from '../../contract/documents/media-item.ts';
import { MAX_PICTURE_SIDE_PX, MAX_STREAMS } from '../../contract/limits.ts';
import { damageOf, mediaError } from '../../contract/text/en/media.ts';
import { allowedDemuxers, demuxerName, inputGuards } from './inputs.ts';
import type { FfmpegInstall } from './locate.ts';
import { ProbeJsonSchema, hasCoverOnly, pictureStream, probeOf, soundStream } from './probe-document.ts';
import type { ProbeJson } from './probe-document.ts';
import { requireSuccess, startProgram } from './process.ts';
import type { ProgramEnd, ProgramLauncher } from './process.ts';
import { sniff } from './sniff.ts';
import type { Sniffed } from './sniff.ts';

const PROBE_MS = 10_000;
const HEAD_BYTES = 4096;
/** Packets looked at to tell a variable rate. */
const RATE_PACKETS = 240;
const ENTRIES = [
  'format=format_name,duration',
  'stream=index,codec_type,codec_name,codec_tag_string,width,height,sample_aspect_ratio,pix_fmt,bits_per_raw_sample',
  'stream=r_frame_rate,avg_frame_rate,time_base,duration,sample_rate,channels',
  'stream_disposition=attached_pic,timed_thumbnails',
  'stream_side_data=rotation',
  'packet=stream_index,pts',
].join(':');

export interface ProbeTarget {
  readonly path: string;
  /** The file's name as the user knows it, for messages. */
  readonly name: string;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function ffprobe(
  install: FfmpegInstall,
  launcher: ProgramLauncher,
  args: readonly string[],
  signal: AbortSignal | undefined,
  onText: (text: string) => void,
): Promise<ProgramEnd & { readonly timedOut: boolean }> {
  const limit = AbortSignal.timeout(PROBE_MS);
  const program = startProgram(launcher, install.ffprobe, ['-hide_banner', '-v', 'error', ...args], {
    signal: signal ? AbortSignal.any([signal, limit]) : limit,
    isDisposable: true,
  });
  program.stdout.setEncoding('utf8').on('data', onText);
  const end = await program.ended;
  signal?.throwIfAborted();
  return { ...end, timedOut: limit.aborted };
}

/** The error for a file ffprobe did not open. */
function openError(name: string, sniffed: Sniffed, end: ProgramEnd): Error {
  if (/Too many streams|max_streams/i.test(end.stderr)) return mediaError('tooManyStreams', name, 'too many');
  // An entry of the whitelist that was not taken: a list, a script or a device, whatever the name of the file.
  if (/Format not on whitelist/.test(end.stderr)) {
    return sniffed.kind === 'unknown' && sniffed.what ? mediaError('foreign', name, sniffed.what) : mediaError('playlist', name, 'a list or a script');
  }
  if (sniffed.kind === 'unknown' && sniffed.what) return mediaError('foreign', name, sniffed.what);
  return mediaError('unreadable', name, damageOf(end.stderr, 'no video, sound or picture was found in it'), end.stderr);
}

function requireUsable(json: ProbeJson, name: string): void {
  if (json.streams.length > MAX_STREAMS) throw mediaError('tooManyStreams', name, String(json.streams.length));
  for (const stream of json.streams.filter((each) => each.codec_type === 'video')) {
    const { width = 0, height = 0 } = stream;
    if (Math.max(width, height) > MAX_PICTURE_SIDE_PX) throw mediaError('tooLarge', name, `${width} × ${height}`);
  }
  const [picture, sound] = [pictureStream(json), soundStream(json)];
  if (!picture && !sound) {
    const what = hasCoverOnly(json) ? 'a file that holds a cover picture' : `a ${demuxerName(json.format.format_name)} file`;
    throw mediaError('noStreams', name, what);
  }
  const unknown = picture && !picture.codec_name ? picture : undefined;
  if (unknown) throw mediaError('undecodable', name, `a video format it does not name (${unknown.codec_tag_string ?? '?'})`);
}

/**
 * Longest presentation time among the packets, or the sum of their durations where they have no times (a raw stream), for
 * containers that do not state a duration. Stops at the time limit.
 */
async function measureDuration(install: FfmpegInstall, launcher: ProgramLauncher, args: readonly string[], isPicture: boolean, signal?: AbortSignal): Promise<number> {
  let endS = 0;
  let sumS = 0;
  let rest = '';
  const question = ['-select_streams', isPicture ? 'V:0' : 'a:0', '-show_entries', 'packet=pts_time,duration_time', '-of', 'csv=p=0'];
  await ffprobe(install, launcher, [...question, ...args], signal, (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [at = Number.NaN, length = Number.NaN] = line.split(',').map(Number);
      const lengthS = Number.isFinite(length) ? length : 0;
      sumS += lengthS;
      if (Number.isFinite(at)) endS = Math.max(endS, at + lengthS);
    }
  });
  return endS > 0 ? endS : sumS;
}

/**
 * Probes a granted file.
 * @throws AppError media-empty, media-unsupported, media-unreadable, media-playlist-refused, media-too-large-picture,
 *   each naming the file, what it is and why.
 * Cost: one or two short processes; at most 20 s.
 */
export async function probeFile(install: FfmpegInstall, launcher: ProgramLauncher, target: ProbeTarget, signal?: AbortSignal): Promise<Probe> {
  const { path, name } = target;
  const head = await headOf(path);
  if (head.length === 0) throw mediaError('empty', name);
  const sniffed = sniff(head);
  if (sniffed.kind === 'playlist') throw mediaError('playlist', name, sniffed.what);
  if (sniffed.kind === 'foreign') throw mediaError('foreign', name, sniffed.what);

  const pinned = sniffed.kind === 'picture' ? ['-f', sniffed.demuxer] : ['-format_whitelist', allowedDemuxers(install.demuxers)];
  const input = [...inputGuards(), ...pinned, '-i', `file:${path}`];
  let text = '';
  const args = ['-of', 'json', '-show_entries', ENTRIES, '-read_intervals', `%+#${RATE_PACKETS}`, ...input];
  const end = await ffprobe(install, launcher, args, signal, (piece) => (text += piece));
  if (end.timedOut) throw mediaError('slow', name);
  if (end.startError) requireSuccess(end, 'ffprobe');
  const json = ProbeJsonSchema.safeParse(JSON.parse(text.trim() || '{}'));
  if (!json.success) throw openError(name, sniffed, end);

  requireUsable(json.data, name);
  const probe = probeOf(json.data);
  const tooLarge = probe.video ? null : /Picture size (\d+)x(\d+) is invalid/.exec(end.stderr);
  if (tooLarge) throw mediaError('tooLarge', name, `${tooLarge[1] ?? ''} × ${tooLarge[2] ?? ''}`);
  if (!probe.video && !probe.audio) throw mediaError('unreadable', name, damageOf(end.stderr, 'its streams have no size'), end.stderr);
  if (sniffed.kind === 'picture' || probe.duration_s > 0) return probe;
  const pin = [...inputGuards(), '-f', demuxerName(probe.demuxer), '-i', `file:${path}`];
  return { ...probe, duration_s: await measureDuration(install, launcher, pin, probe.video !== null, signal) };
}
