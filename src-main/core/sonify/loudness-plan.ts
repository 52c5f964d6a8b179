/** The static gain of an export, step by step: how much to change it after a dry pass through the limiter. Pure. */
export const MAX_GAIN_DB = 12;
/** A programme below this is left as it is. */
export const SILENT_LUFS = -50;
/** A dry pass this near the target is good enough. */
const NEAR_LU = 0.15;

export interface DryPass {
  readonly targetLufs: number;
  /** What came out of gain and limiter; -Infinity for silence. */
  readonly measuredLufs: number;
  /** The gain of that pass. */
  readonly gainDb: number;
}

/** A limiter and a meter may differ about a peak by as much. */
const PEAK_DOUBT_DB = 0.5;

/**
 * Whether the limiter leaves the sound alone at a gain: then its loudness is known without another pass.
 * @param peakDb  true peak that was measured at `fromDb` of gain
 */
export function isBelowLimiter({ peakDb, fromDb, toDb, ceilingDb }: { peakDb: number; fromDb: number; toDb: number; ceilingDb: number }): boolean {
  return Math.max(peakDb, peakDb + toDb - fromDb) < ceilingDb - PEAK_DOUBT_DB;
}

/** The gain of the next pass, or null when this one stays: it landed, nothing more helps, or there is nothing to hear. */
export function nextGain({ targetLufs, measuredLufs, gainDb }: DryPass): number | null {
  if (gainDb === 0 && measuredLufs < SILENT_LUFS) return null;
  const missing = targetLufs - measuredLufs;
  if (Math.abs(missing) <= NEAR_LU) return null;
  const next = Math.min(MAX_GAIN_DB, gainDb + missing);
  return Math.abs(next - gainDb) < 0.01 ? null : next;
}
