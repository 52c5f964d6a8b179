/** A song's analysis with a person's edits applied: pure, so that the same edits hold for the next analysis too. */
import type { SongEdits } from '../../contract/documents/song.ts';
import { BEATS_PER_BAR } from '../../contract/documents/song-analysis.ts';
import type { SongAnalysis, SongSection, TimeSignature } from '../../contract/documents/song-analysis.ts';
import { type BeatGrid, gridOf, medianTempo, multiplied, nudged, rebarred, steadyGrid, within } from './beat-grid.ts';

/** Two tempos nearer than this are one. */
const SAME_TEMPO = 0.02;

/**
 * @returns a new document; the given one is left as it is. Beats outside the song are dropped, key moments and section
 *   energies follow the grid.
 */
export function applyEdits(found: SongAnalysis, edits: SongEdits): SongAnalysis {
  const signature = edits.time_signature ?? found.time_signature;
  const grid = editedGrid(found, edits, signature);
  const tempo = !isGridEdited(edits) ? found.tempo : grid.beats.length > 1 ? medianTempo(grid.beats) : null;
  return {
    ...found,
    tempo,
    tempo_confidence: tempo === null ? 0 : isGridEdited(edits) ? 1 : found.tempo_confidence,
    tempo_alternatives: alternatives(found, tempo),
    beats: grid.beats,
    downbeats: grid.downbeats,
    time_signature: signature ?? (grid.beats.length > 0 ? '4/4' : null),
    sections: edits.sections === null ? found.sections : edits.sections.map((section) => ({ ...section, energy: energyOf(found.energy, section) })),
    key: edits.key ?? found.key,
    key_confidence: edits.key === null ? found.key_confidence : 1,
    key_moments: found.key_moments.map((moment) => ({ ...moment, time: nearest(grid, moment.time) })),
  };
}

function editedGrid(found: SongAnalysis, edits: SongEdits, signature: TimeSignature | null): BeatGrid {
  const perBar = BEATS_PER_BAR[signature ?? '4/4'];
  let grid = baseGrid(found, edits, perBar);
  if (edits.tempo_factor !== 1) grid = multiplied(grid, edits.tempo_factor, perBar, found.duration);
  if (edits.nudge_s !== 0) grid = nudged(grid, edits.nudge_s, found.duration);
  const isNewSignature = edits.time_signature !== null && edits.time_signature !== found.time_signature;
  if (edits.bar_shift !== 0 || isNewSignature) grid = rebarred(grid, perBar, edits.bar_shift, isNewSignature);
  return grid;
}

function baseGrid(found: SongAnalysis, { grid }: SongEdits, perBar: number): BeatGrid {
  if (grid === null) return gridOf(found.beats, found.downbeats);
  if (grid.kind === 'locked') return within(gridOf(grid.beats, grid.downbeats), found.duration);
  return steadyGrid(grid.tempo, grid.first_beat, perBar, found.duration);
}

const isGridEdited = ({ grid, tempo_factor: factor }: SongEdits): boolean => grid !== null || factor !== 1;

/** The tempos that are not in use, the found one among them, each by its relation to the one in use. */
function alternatives(found: SongAnalysis, tempo: number | null): SongAnalysis['tempo_alternatives'] {
  if (tempo === null || found.tempo === null || Math.abs(tempo / found.tempo - 1) < SAME_TEMPO) return found.tempo_alternatives;
  const all = [{ tempo: found.tempo, confidence: found.tempo_confidence, relation: 'other' as const }, ...found.tempo_alternatives];
  return all.filter((each) => Math.abs(each.tempo / tempo - 1) >= SAME_TEMPO).map((each) => ({ ...each, relation: relationOf(each.tempo / tempo) }));
}

const RELATIONS = [
  ['half', 0.5],
  ['double', 2],
  ['third', 1 / 3],
  ['triple', 3],
] as const;

function relationOf(ratio: number): SongAnalysis['tempo_alternatives'][number]['relation'] {
  return RELATIONS.find(([, wanted]) => Math.abs(ratio / wanted - 1) < SAME_TEMPO)?.[0] ?? 'other';
}

/** Mean of the energy curve over a section; the curve has one value a second. */
function energyOf(energy: readonly number[], { start, end }: SongSection): number {
  const values = energy.slice(Math.floor(start), Math.max(Math.floor(start) + 1, Math.ceil(end)));
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function nearest({ beats, downbeats }: BeatGrid, time: number): number {
  const grid = downbeats.length > 0 ? downbeats : beats;
  return grid.reduce((best, each) => (Math.abs(each - time) < Math.abs(best - time) ? each : best), grid[0] ?? time);
}
