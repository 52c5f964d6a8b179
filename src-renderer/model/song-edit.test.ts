import { describe, expect, it } from 'vitest';

import { NO_EDITS, SongEditsSchema } from '../../src-main/contract/documents/song.ts';
import type { SongAnalysis, SongSection } from '../../src-main/contract/documents/song-analysis.ts';
import { barShifted, beforeOf, boundaryMoved, foundGrid, isEdited, joined, locked, nudged, scaled, split, tapped, withAlternative } from './song-edit.ts';
import type { EditChange } from './song-edit.ts';

const sections: SongSection[] = [
  { start: 0, end: 10, label: 'intro', energy: 0.2 },
  { start: 10, end: 30, label: 'verse', energy: 0.5 },
  { start: 30, end: 40, label: 'outro', energy: 0.3 },
];
const analysis: SongAnalysis = {
  version: 1,
  duration: 40,
  tempo: 120,
  tempo_confidence: 0.7,
  tempo_alternatives: [
    { tempo: 60, confidence: 0.2, relation: 'half' },
    { tempo: 40, confidence: 0.1, relation: 'third' },
  ],
  is_tempo_variable: false,
  beats: [0.25, 0.75, 1.25, 1.75],
  downbeats: [0.75],
  time_signature: '4/4',
  sections,
  energy: [],
  rhythm_strength: 0.8,
  syncopation: 0.1,
  key: null,
  key_confidence: 0,
  key_moments: [],
  beat_source: 'onsets',
};

const changes: Record<string, EditChange | null> = {
  nudge: nudged(NO_EDITS, 0.005),
  double: scaled(NO_EDITS, 2),
  shift: barShifted(NO_EDITS, 1, 4),
  lock: locked(analysis),
  tap: tapped({ tempo: 97.4, first_beat: 1.2 }),
  'half tempo': withAlternative(NO_EDITS, analysis, { tempo: 60, confidence: 0.2, relation: 'half' }),
  'third of the tempo': withAlternative(NO_EDITS, analysis, { tempo: 40, confidence: 0.1, relation: 'third' }),
};

describe('an edit of a song', () => {
  it.each(Object.entries(changes))('%s is valid, and what was before takes it back', (_, change) => {
    const after = SongEditsSchema.parse({ ...NO_EDITS, ...change });
    expect(isEdited(after)).toBe(true);
    expect({ ...after, ...beforeOf(NO_EDITS, change ?? {}) }).toEqual(NO_EDITS);
  });

  it('takes half the tempo by the factor, and a third by a steady grid from the first bar', () => {
    expect(changes['half tempo']).toEqual({ tempo_factor: 0.5 });
    expect(changes['third of the tempo']?.grid).toEqual({ kind: 'tapped', tempo: 40, first_beat: 0.75 });
  });

  it('goes no further than four times and a quarter', () => {
    expect(scaled({ ...NO_EDITS, tempo_factor: 4 }, 2)).toBeNull();
    expect(scaled({ ...NO_EDITS, tempo_factor: 0.25 }, 0.5)).toBeNull();
  });

  it('nudges there and back without a rest, and never beyond two seconds', () => {
    let edits = NO_EDITS;
    for (let i = 0; i < 7; i += 1) edits = { ...edits, ...nudged(edits, 0.001) };
    for (let i = 0; i < 7; i += 1) edits = { ...edits, ...nudged(edits, -0.001) };
    expect(edits.nudge_s).toBe(0);
    expect(nudged(edits, 9).nudge_s).toBe(2);
  });

  it('shifts the bar round: four times in four-four is where it was', () => {
    let edits = NO_EDITS;
    for (let i = 0; i < 4; i += 1) edits = { ...edits, ...barShifted(edits, 1, 4) };
    expect(edits.bar_shift).toBe(0);
  });

  it('of a locked grid forgets what was applied before the lock', () => {
    expect(locked(analysis)).toMatchObject({ tempo_factor: 1, nudge_s: 0, bar_shift: 0 });
    expect(foundGrid()).toMatchObject({ grid: null });
  });
});

describe('sections', () => {
  it('give way to a dragged boundary and stay without gaps', () => {
    const moved = boundaryMoved(sections, 0, 14);
    expect(moved.map(({ start, end }) => [start, end])).toEqual([
      [0, 14],
      [14, 30],
      [30, 40],
    ]);
    expect(boundaryMoved(sections, 0, 99)[1]).toMatchObject({ start: 29.5, end: 30 });
    expect(boundaryMoved(sections, 1, -5)[1]).toMatchObject({ start: 10, end: 10.5 });
  });

  it('are split in two and joined again', () => {
    const two = split(sections, 20);
    expect(two).toHaveLength(4);
    expect(two[2]).toMatchObject({ start: 20, end: 30, label: 'verse' });
    expect(joined(two, 2)).toEqual(sections);
    expect(joined(sections, 0)[0]).toMatchObject({ start: 0, end: 30, label: 'verse' });
    expect(split(sections, 10.1)).toEqual(sections);
  });
});
