/** What a film will need, before it is begun: disk by arithmetic, time and size by a sample that is really encoded. */
import type { EncodeProfile } from '../graphs/profile.ts';
import type { CopyOrder } from './copies.ts';

/** Bits per pixel that a constant-quality encode of a busy picture takes; the disk must do for that. */
const BUSY_BITS = 0.25;

/** Bits per second the disk is asked to hold. */
export function cautiousBitrate({ bitrate, width, height, rate }: EncodeProfile): number {
  return bitrate === null ? (BUSY_BITS * width * height * rate.numerator) / rate.denominator : bitrate * 1.2;
}

/**
 * Bytes to have free: `work` in the data folder (missing copies, the picture stream, the sound), `film` where the file goes.
 * @param missing  copies that are still to be made
 */
export function diskNeed(missing: readonly CopyOrder[], profile: EncodeProfile, totalS: number): { work: number; film: number } {
  const bytesPerS = cautiousBitrate(profile) / 8;
  const copiesS = [...new Map(missing.map((order) => [order.key, order])).values()].reduce((sum, { window }) => sum + (window.frames * profile.rate.denominator) / profile.rate.numerator, 0);
  const film = totalS * (bytesPerS + 40_000);
  // The film is written twice (picture stream and file); the track and its lanes are 32-bit floats.
  return { work: Math.ceil(copiesS * bytesPerS + 2 * film + totalS * 48_000 * 8 * 3), film: Math.ceil(film) };
}
