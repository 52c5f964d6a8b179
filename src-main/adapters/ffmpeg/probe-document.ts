/** ffprobe's JSON → what we keep of a file: one picture stream, one sound stream, size as shown, rate, duration. Pure. */
import { z } from 'zod';

import type { AudioStream, Probe, VideoStream } from '../../contract/documents/media-item.ts';
import { parseRational } from '../../contract/units.ts';

const StreamSchema = z.object({
  index: z.number().int(),
  codec_type: z.string().optional(),
  codec_name: z.string().optional(),
  codec_tag_string: z.string().optional(),
  width: z.number().optional(),
  height: z.number().optional(),
  sample_aspect_ratio: z.string().optional(),
  pix_fmt: z.string().optional(),
  bits_per_raw_sample: z.string().optional(),
  r_frame_rate: z.string().optional(),
  avg_frame_rate: z.string().optional(),
  time_base: z.string().optional(),
  duration: z.string().optional(),
  sample_rate: z.string().optional(),
  channels: z.number().optional(),
  disposition: z.object({ attached_pic: z.number().optional(), timed_thumbnails: z.number().optional() }).optional(),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
});

export const ProbeJsonSchema = z.object({
  format: z.object({ format_name: z.string(), duration: z.string().optional() }),
  streams: z.array(StreamSchema).default([]),
  packets: z.array(z.object({ stream_index: z.number().int().optional(), pts: z.number().optional() })).default([]),
});
export type ProbeJson = z.infer<typeof ProbeJsonSchema>;
type StreamJson = ProbeJson['streams'][number];

const isPicture = (stream: StreamJson): boolean =>
  stream.codec_type === 'video' && !stream.disposition?.attached_pic && !stream.disposition?.timed_thumbnails;

/** The stream FFmpeg calls 0:V:0: the first picture stream that is not a cover. */
export function pictureStream(json: ProbeJson): StreamJson | undefined {
  return json.streams.find(isPicture);
}

export function soundStream(json: ProbeJson): StreamJson | undefined {
  return json.streams.find((stream) => stream.codec_type === 'audio');
}

export function hasCoverOnly(json: ProbeJson): boolean {
  return !json.streams.some(isPicture) && json.streams.some((stream) => stream.codec_type === 'video');
}

/** Degrees clockwise a player turns the stored picture, 0..359. FFmpeg writes the matrix's counter-clockwise angle. */
function rotationDeg(stream: StreamJson): number {
  const rotation = stream.side_data_list?.find((data) => data.rotation !== undefined)?.rotation ?? 0;
  return ((Math.round(-rotation) % 360) + 360) % 360;
}

/** Sample aspects beyond this come from damaged headers, not from cameras; such a picture is shown as stored. */
const MAX_SAMPLE_ASPECT = 16;

/** Width and height as shown: sample aspect widens the stored picture, a quarter turn swaps the sides. */
export function displaySize(width: number, height: number, aspect: string | undefined, rotation: number): [number, number] {
  const [numerator, denominator] = (aspect ?? '').split(':').map(Number);
  const stated = numerator && denominator ? numerator / denominator : 1;
  const ratio = stated <= MAX_SAMPLE_ASPECT && stated >= 1 / MAX_SAMPLE_ASPECT ? stated : 1;
  const shown: [number, number] = [Math.max(1, Math.round(width * ratio)), height];
  return rotation % 180 === 90 ? [shown[1], shown[0]] : shown;
}

/**
 * Whether frames come at uneven distances: the stated rates disagree by more than 1 %, or among the first packets one
 * distance is half as long again as the median (time bases of a millisecond jitter by less).
 */
export function isVariableRate(stream: StreamJson, pts: readonly number[]): boolean {
  const [nominal, average] = [parseRational(stream.r_frame_rate ?? ''), parseRational(stream.avg_frame_rate ?? '')];
  if (nominal && average) {
    const ratio = nominal.numerator / nominal.denominator / (average.numerator / average.denominator);
    if (Math.abs(ratio - 1) > 0.01) return true;
  }
  const sorted = [...pts].sort((a, b) => a - b);
  const distances = sorted.slice(1).map((value, i) => value - (sorted[i] ?? value));
  // The last packets read may still miss a neighbour that is stored later.
  const known = distances.slice(0, -4).sort((a, b) => a - b);
  const median = known[known.length >> 1] ?? 0;
  return known.some((distance) => Math.abs(distance - median) > Math.max(1, median * 0.5));
}

/** 8 for 8-bit formats, and where the format's name says nothing. */
function bitDepth(stream: StreamJson): number {
  const raw = Number(stream.bits_per_raw_sample);
  if (raw > 0) return raw;
  const named = /p(9|10|12|14|16)(le|be)?$/.exec(stream.pix_fmt ?? '') ?? /(?:gray|gbrap?|p0)(9|10|12|14|16)(le|be)?$/.exec(stream.pix_fmt ?? '');
  return named ? Number(named[1]) : 8;
}

function rateOf(stream: StreamJson): string | null {
  const rates = [stream.avg_frame_rate, stream.r_frame_rate];
  return rates.find((rate) => rate !== undefined && parseRational(rate) !== null) ?? null;
}

function videoOf(json: ProbeJson): VideoStream | null {
  const stream = pictureStream(json);
  if (!stream?.width || !stream.height) return null;
  const rotation = rotationDeg(stream);
  const [displayWidth, displayHeight] = displaySize(stream.width, stream.height, stream.sample_aspect_ratio, rotation);
  const pts = json.packets.flatMap((packet) => (packet.stream_index === stream.index && packet.pts !== undefined ? [packet.pts] : []));
  return {
    codec: stream.codec_name ?? 'unknown',
    width: stream.width,
    height: stream.height,
    display_width: displayWidth,
    display_height: displayHeight,
    rotation_deg: rotation,
    frame_rate: rateOf(stream),
    is_variable_rate: isVariableRate(stream, pts),
    pixel_format: stream.pix_fmt ?? null,
    bit_depth: bitDepth(stream),
  };
}

function audioOf(json: ProbeJson): AudioStream | null {
  const stream = soundStream(json);
  const sampleRate = Number(stream?.sample_rate);
  if (!stream?.channels || !(sampleRate > 0)) return null;
  return { codec: stream.codec_name ?? 'unknown', sample_rate: sampleRate, channels: stream.channels };
}

/** @returns duration_s 0 where the container does not say (the caller measures it then). */
export function probeOf(json: ProbeJson): Probe {
  const durations = [json.format.duration, pictureStream(json)?.duration, soundStream(json)?.duration].map(Number);
  const duration = durations.find((value) => Number.isFinite(value) && value > 0) ?? 0;
  return { demuxer: json.format.format_name, duration_s: duration, video: videoOf(json), audio: audioOf(json) };
}
