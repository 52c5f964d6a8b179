/** The check of a finished file against what was asked: one row per check, with the measured value. Pure. */
import type { Verification } from '../../contract/documents/artifact.ts';
import type { LoudnessReport } from '../../contract/documents/sonify.ts';
import { LOUDNESS_TOLERANCE_LU, PEAK_DB, isPeakKept } from '../assembly/index.ts';
import type { FilmFacts } from './ports.ts';

export interface Expected {
  readonly durationS: number;
  /** Pictures of the source; null for a file of sound alone. */
  readonly frames: number | null;
  readonly frameS: number;
  readonly loudness: LoudnessReport;
}

const MAX_OFFSET_S = 0.02;

type Check = Verification['checks'][number];

const seconds = (value: number): string => `${value.toFixed(3)} s`;

function soundChecks(facts: FilmFacts, expected: Expected): Check[] {
  const { audio } = facts;
  if (!audio) return [{ name: 'Sound', passed: false, expected: 'one sound stream', measured: 'none' }];
  const tolerance = Math.max(expected.frameS, 0.05);
  const checks: Check[] = [
    { name: 'Sound length', passed: Math.abs(audio.durationS - expected.durationS) <= tolerance, expected: seconds(expected.durationS), measured: seconds(audio.durationS) },
  ];
  const { integratedLufs, truePeakDb } = audio;
  if (integratedLufs !== null && expected.loudness.integrated_lufs !== null) {
    const target = expected.loudness.is_target_reached ? (expected.loudness.target_lufs ?? expected.loudness.integrated_lufs) : expected.loudness.integrated_lufs;
    checks.push({ name: 'Loudness', passed: Math.abs(integratedLufs - target) <= LOUDNESS_TOLERANCE_LU, expected: `${target.toFixed(1)} LUFS`, measured: `${integratedLufs.toFixed(1)} LUFS` });
  }
  if (truePeakDb !== null) {
    checks.push({ name: 'True peak', passed: isPeakKept(truePeakDb), expected: `at most ${PEAK_DB} dBTP`, measured: `${truePeakDb.toFixed(1)} dBTP` });
  }
  return checks;
}

function pictureChecks(facts: FilmFacts, expected: Expected): Check[] {
  if (expected.frames === null) return [];
  const { video, audio } = facts;
  if (!video) return [{ name: 'Picture', passed: false, expected: 'one picture stream', measured: 'none' }];
  const offset = audio ? Math.abs(audio.startS - video.startS) : 0;
  return [
    { name: 'Pictures', passed: video.frames === expected.frames, expected: `${expected.frames}`, measured: `${video.frames}` },
    { name: 'Sound to picture', passed: offset <= MAX_OFFSET_S + expected.frameS, expected: `within ${Math.round(MAX_OFFSET_S * 1000)} ms`, measured: `${Math.round(offset * 1000)} ms` },
  ];
}

export function verify(facts: FilmFacts, expected: Expected): Verification {
  return { checks: [...pictureChecks(facts, expected), ...soundChecks(facts, expected)] };
}
