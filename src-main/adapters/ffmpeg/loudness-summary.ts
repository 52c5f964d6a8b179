/** Reads the summary FFmpeg's ebur128 filter prints at its end. Pure. */
export interface LoudnessSummary {
  /** Null when everything was below the gate. */
  readonly integratedLufs: number | null;
  readonly truePeakDb: number | null;
}

/** The filter prints -70.0 where nothing passed its absolute gate. */
const GATE_LUFS = -70;

export function parseLoudness(stderr: string): LoudnessSummary {
  const summary = stderr.slice(Math.max(0, stderr.lastIndexOf('Summary:')));
  const value = (pattern: RegExp): number | null => {
    const parsed = Number.parseFloat(pattern.exec(summary)?.[1] ?? '');
    return Number.isFinite(parsed) ? parsed : null;
  };
  const integrated = value(/I:\s+(-?[\d.]+) LUFS/);
  return {
    integratedLufs: integrated === null || integrated <= GATE_LUFS ? null : integrated,
    truePeakDb: value(/Peak:\s+(-?[\d.]+) dBFS/),
  };
}
