/** What the result says about its loudness. Pure. */
import type { LoudnessReport } from '../../contract/documents/sonify.ts';
import type { MasterOutput } from '../../contract/hosts/sound.ts';

/** Loudness is reached when it lies this near the target (LU). */
export const LOUDNESS_TOLERANCE_LU = 0.5;

export function loudnessReport(output: MasterOutput, target: number | 'off'): LoudnessReport {
  const base = { integrated_lufs: output.integrated_lufs, true_peak_db: output.true_peak_db, gain_db: output.gain_db };
  if (target === 'off') return { ...base, target_lufs: null, is_target_reached: true, note: null };
  const measured = output.integrated_lufs;
  const isReached = measured !== null && Math.abs(measured - target) <= LOUDNESS_TOLERANCE_LU;
  return { ...base, target_lufs: target, is_target_reached: isReached, note: isReached ? null : shortfall(output, target) };
}

function shortfall(output: MasterOutput, target: number): string {
  if (output.integrated_lufs === null) return 'The sound is silent, so no loudness was set.';
  const measured = `${output.integrated_lufs.toFixed(1)} LUFS`;
  if (output.gain_db === 0 && output.integrated_lufs < -50) return `The sound is nearly silent (${measured}), so it was not made louder.`;
  return `The loudness is ${measured} instead of ${target} LUFS: the gain stays within +12 dB and peaks below the ceiling.`;
}
