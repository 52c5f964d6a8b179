/** What a film will need, before it is begun: disk by arithmetic, time and size by a sample that is really encoded. */
import type { AssemblePayload, AssemblyEstimate } from '../../../contract/documents/assembly.ts';
import { framesOf } from '../../../contract/units.ts';
import { copyArguments } from '../graphs/copy-arguments.ts';
import { type EncodeProfile, bitsPerSecond } from '../graphs/profile.ts';
import type { AssemblyFiles, AssemblyTools } from '../ports.ts';
import { type ClipPorts, findMedia } from './clips.ts';
import { ClipCopies, type CopyOrder, distinctOrders } from './copies.ts';
import { roughPlan } from './plan.ts';

/** Bits per pixel that a constant-quality encode of a busy picture takes; the disk must do for that. */
const BUSY_BITS = 0.25;

/** Bits per second the disk is asked to hold. */
export function cautiousBitrate({ bitrate, width, height, rate }: EncodeProfile): number {
  return bitrate === null ? (BUSY_BITS * width * height * rate.numerator) / rate.denominator : bitrate * 1.2;
}

/**
 * Bytes to have free: `work` in the data folder (missing copies, joints, the sound, the film), `film` where the file goes.
 * @param missing  copies that are still to be made, each once
 */
export function diskNeed(missing: readonly CopyOrder[], profile: EncodeProfile, totalS: number): { work: number; film: number } {
  const bytesPerS = cautiousBitrate(profile) / 8;
  const copiesS = missing.reduce((sum, { window }) => sum + (window.frames * profile.rate.denominator) / profile.rate.numerator, 0);
  const film = totalS * (bytesPerS + 40_000);
  // The joints are at worst the whole film, and it may lie here, too; the track and its lanes are 32-bit floats.
  return { work: Math.ceil(copiesS * bytesPerS + 2 * film + totalS * 48_000 * 8 * 3), film: Math.ceil(film) };
}

export interface EstimatePorts extends ClipPorts {
  readonly tools: AssemblyTools;
  readonly files: AssemblyFiles;
  readonly cores: number;
}

/** Seconds of a clip that are encoded to learn the machine's speed, and of how many clips at most. */
const SAMPLE_S = 1;
const SAMPLES = 3;
/** Share of the film's length that sound, writing and checking take, and what every film takes. */
const REST_OF_LENGTH = 0.02;
const REST_S = 2;

interface Sampled {
  readonly framesPerS: number;
  readonly bytesPerFrame: number;
}

/** Encodes a second of each of the first clips that differ, as their copies will be. */
async function sample(ports: EstimatePorts, orders: readonly CopyOrder[], profile: EncodeProfile, signal: AbortSignal): Promise<Sampled> {
  let [frames, bytes, elapsedMs] = [0, 0, 0];
  for (const order of orders.slice(0, SAMPLES)) {
    const path = ports.files.partialPath(ports.files.workPath(`sample-${order.key}`, 'h264'));
    try {
      const { clip, speed, window } = order;
      const length = Math.max(1, Math.min(window.frames, Math.round((SAMPLE_S * profile.rate.numerator) / profile.rate.denominator)));
      const source = { path: clip.path, demuxer: clip.probe.demuxer, colors: 'bt709' as const, height: clip.video.height, speed, window: { first: window.first, frames: length } };
      const started = ports.clock.nowMs();
      await ports.tools.run(copyArguments(source, profile, path), SAMPLE_S, { signal });
      elapsedMs += ports.clock.nowMs() - started;
      bytes += await ports.files.sizeOf(path);
      frames += length;
    } finally {
      await ports.files.discard(path);
    }
  }
  return { framesPerS: frames / Math.max(0.001, elapsedMs / 1000), bytesPerFrame: bytes / Math.max(1, frames) };
}

/**
 * Time, size and disk of a film. Cost: a few seconds, for the samples.
 * @throws AppError as the assembly itself for what is missing or too short
 */
export async function estimateFilm(ports: EstimatePorts, payload: AssemblePayload, signal: AbortSignal): Promise<AssemblyEstimate> {
  const { blueprint } = payload;
  const media = await findMedia(ports, payload, { signal, note: () => undefined, onFound: () => undefined });
  const { profile, orders } = await roughPlan(ports.tools, payload, media, signal);
  const wanted = distinctOrders(orders);
  const missing = new ClipCopies(ports).missing(orders);
  const { framesPerS, bytesPerFrame } = await sample(ports, missing.length > 0 ? missing : wanted, profile, signal);
  const frames = framesOf(blueprint.total_duration, profile.rate);
  const toCopy = missing.reduce((sum, { clip, speed, window }) => sum + Math.min(window.frames, framesOf(clip.probe.duration_s / speed, profile.rate)), 0);
  const transition = framesOf(blueprint.output_config.transition_duration, profile.rate) + profile.group / 2;
  const toJoin = blueprint.moves.reduce((sum, move, i) => sum + (i > 0 && move.transition_type !== 'cut' ? transition : profile.group / 2), 0);
  const encoders = Math.max(1, Math.round(ports.cores / 2));
  const need = diskNeed(missing, profile, blueprint.total_duration);
  const film = bytesPerFrame * frames + (blueprint.total_duration * bitsPerSecond(blueprint.output_config.audio_bitrate)) / 8;
  return {
    frames,
    width: profile.width,
    height: profile.height,
    encoder: profile.codec,
    copies_ready: wanted.length - missing.length,
    copies_missing: missing.length,
    time_s: toCopy / (framesPerS * encoders) + toJoin / framesPerS + blueprint.total_duration * REST_OF_LENGTH + REST_S,
    size_bytes: Math.round(film),
    disk_bytes: need.work + need.film,
    free_bytes: await ports.files.freeBytes(ports.files.copyPath('space', 'h264')),
  };
}
