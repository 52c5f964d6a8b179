/** Parameters set by hand: they rest at their value and no row drives them. */
import type { Mapping } from '../../../contract/documents/mapping.ts';
import type { AudioParameters } from '../../../contract/documents/session.ts';

type Id = keyof AudioParameters;

/** What was set before, with what is set now; null gives a parameter back. */
export function mergedParameters(before: AudioParameters, now: AudioParameters): AudioParameters {
  const merged = { ...before, ...now };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null && value !== undefined)) as AudioParameters;
}

/** The mapping as it sounds with some parameters set by hand. */
export function withParameters(mapping: Mapping, parameters: AudioParameters): Mapping {
  const set = Object.entries(parameters).filter((entry): entry is [Id, number] => typeof entry[1] === 'number');
  if (set.length === 0) return mapping;
  const ids = new Set<string>(set.map(([id]) => id));
  const { bpm } = parameters;
  return {
    ...mapping,
    resting: { ...mapping.resting, ...Object.fromEntries(set.filter(([id]) => id !== 'bpm')) },
    rows: mapping.rows.map((row) => (ids.has(row.target) ? { ...row, enabled: false } : row)),
    ...(typeof bpm === 'number' ? { tempo: { ...mapping.tempo, bpm, source: 'fixed' as const } } : {}),
  };
}
