/**
 * What a person's hand does to a song, as changes of its SongEdits. A change names only the fields it sets; `before` of
 * a change names the same fields as they were, so that sending it takes the change back.
 */
import { NO_EDITS } from '../../src-main/contract/documents/song.ts';
import type { SongEdits } from '../../src-main/contract/documents/song.ts';
import type { SongAnalysis, SongSection } from '../../src-main/contract/documents/song-analysis.ts';
import type { TappedGrid } from './tapped-grid.ts';

export type EditChange = Partial<SongEdits>;

const MOST_NUDGE_S = 2;
const MOST_SHIFT = 11;
/** Shortest section a boundary can be dragged to. */
export const LEAST_SECTION_S = 0.5;
const FACTORS = [0.25, 0.5, 1, 2, 4] as const;

/** The same fields as the change, as they are now. */
export function beforeOf(edits: SongEdits, change: EditChange): EditChange {
  return Object.fromEntries(Object.keys(change).map((name) => [name, edits[name as keyof SongEdits]]));
}

export function isEdited(edits: SongEdits): boolean {
  return JSON.stringify({ ...NO_EDITS, ...edits }) !== JSON.stringify(NO_EDITS);
}

/** Moves every beat; rounded to 0.1 ms so that steps there and back meet. */
export function nudged(edits: SongEdits, byS: number): EditChange {
  const to = Math.round((edits.nudge_s + byS) * 1e4) / 1e4;
  return { nudge_s: Math.min(MOST_NUDGE_S, Math.max(-MOST_NUDGE_S, to)) };
}

/** Half or double the tempo; null where it cannot go further. */
export function scaled(edits: SongEdits, by: 0.5 | 2): EditChange | null {
  const factor = FACTORS.find((each) => each === edits.tempo_factor * by);
  return factor === undefined ? null : { tempo_factor: factor };
}

/** The bar begins a beat later or earlier; whole bars are none. */
export function barShifted(edits: SongEdits, by: 1 | -1, beatsPerBar: number): EditChange {
  const shift = (edits.bar_shift + by) % beatsPerBar;
  return { bar_shift: Math.min(MOST_SHIFT, Math.max(-MOST_SHIFT, shift)) };
}

const OWN_GRID = { tempo_factor: 1, nudge_s: 0, bar_shift: 0 } as const;

/** The beats as they are now, whatever a later analysis finds. */
export function locked(analysis: SongAnalysis): EditChange {
  return { ...OWN_GRID, grid: { kind: 'locked', beats: analysis.beats, downbeats: analysis.downbeats } };
}

export function tapped(grid: TappedGrid): EditChange {
  return { ...OWN_GRID, grid: { kind: 'tapped', ...grid } };
}

export function foundGrid(): EditChange {
  return { ...OWN_GRID, grid: null };
}

type Alternative = SongAnalysis['tempo_alternatives'][number];

/** Takes another tempo: half and double keep the found beats, any other is a steady grid from the first bar. */
export function withAlternative(edits: SongEdits, analysis: SongAnalysis, alternative: Alternative): EditChange {
  const by = alternative.relation === 'half' ? 0.5 : alternative.relation === 'double' ? 2 : null;
  const change = by === null ? null : scaled(edits, by);
  if (change) return change;
  return tapped({ tempo: alternative.tempo, first_beat: analysis.downbeats[0] ?? analysis.beats[0] ?? 0 });
}

/**
 * Moves the boundary between section `index` and the next (index -1: the beginning of the first); neighbours give way
 * but keep their least length.
 */
export function boundaryMoved(sections: readonly SongSection[], index: number, toS: number): SongSection[] {
  const [left, right] = [sections[index], sections[index + 1]];
  const low = left ? left.start + LEAST_SECTION_S : 0;
  const high = right ? right.end - LEAST_SECTION_S : Infinity;
  const at = Math.min(high, Math.max(low, toS));
  return sections.map((section, i) => {
    if (i === index) return { ...section, end: at };
    return i === index + 1 ? { ...section, start: at } : section;
  });
}

export function relabelled(sections: readonly SongSection[], index: number, label: SongSection['label']): SongSection[] {
  return sections.map((section, i) => (i === index ? { ...section, label } : section));
}

/** Two sections of one, both with its label; the same list when there is no room. */
export function split(sections: readonly SongSection[], atS: number): SongSection[] {
  return sections.flatMap((section) => {
    const isInside = atS - section.start >= LEAST_SECTION_S && section.end - atS >= LEAST_SECTION_S;
    return isInside ? [{ ...section, end: atS }, { ...section, start: atS }] : [section];
  });
}

/** A section goes; the one before it (or after, for the first) takes its time. */
export function joined(sections: readonly SongSection[], index: number): SongSection[] {
  const gone = sections[index];
  if (!gone || sections.length < 2) return [...sections];
  return sections.flatMap((section, i) => {
    if (i === index) return [];
    if (i === index - 1) return [{ ...section, end: gone.end }];
    return index === 0 && i === 1 ? [{ ...section, start: gone.start }] : [section];
  });
}
