import { expect, test } from 'vitest';

import { NO_EDITS } from '../../contract/documents/song.ts';
import type { SongEdits } from '../../contract/documents/song.ts';
import { SongAnalysisSchema } from '../../contract/documents/song-analysis.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import { applyEdits } from './apply-edits.ts';

/** 10 s at 120 BPM in 4/4, the first downbeat on the second beat. */
const beats = Array.from({ length: 20 }, (_, i) => 0.25 + i * 0.5);
const found: SongAnalysis = {
  version: 1,
  duration: 10,
  tempo: 120,
  tempo_confidence: 0.7,
  tempo_alternatives: [{ tempo: 60, confidence: 0.2, relation: 'half' }],
  is_tempo_variable: false,
  beats,
  downbeats: beats.filter((_, i) => i % 4 === 1),
  time_signature: '4/4',
  sections: [{ start: 0, end: 10, label: 'verse', energy: 0.5 }],
  energy: [0, 0, 0, 0, 0, 1, 1, 1, 1, 1],
  rhythm_strength: 0.8,
  syncopation: 0.1,
  key: 'A minor',
  key_confidence: 0.6,
  key_moments: [{ time: beats[5] ?? 0, kind: 'climax', energy: 1 }],
  beat_source: 'onsets',
};
const edited = (edits: Partial<SongEdits>): SongAnalysis => applyEdits(found, { ...NO_EDITS, ...edits });

test('without edits the analysis is as it was found', () => {
  expect(edited({})).toEqual(found);
});

test('doubling puts a beat between every two and keeps the bars’ first beats where they are', () => {
  const song = edited({ tempo_factor: 2 });
  expect(song.tempo).toBeCloseTo(240, 6);
  expect(song.beats.length).toBe(40);
  expect(song.beats.slice(0, 3)).toEqual([0.25, 0.5, 0.75]);
  expect(song.downbeats.slice(0, 2)).toEqual([0.75, 1.75]);
  expect(song.tempo_alternatives.map(({ tempo, relation }) => [tempo, relation])).toEqual([[120, 'half'], [60, 'other']]);
});

test('halving keeps every second beat, those that begin bars among them', () => {
  const song = edited({ tempo_factor: 0.5 });
  expect(song.tempo).toBeCloseTo(60, 6);
  expect(song.beats.slice(0, 2)).toEqual([0.75, 1.75]);
  expect(song.downbeats[0]).toBe(0.75);
  expect(song.downbeats[1]).toBe(4.75);
});

test('a nudge moves every beat and drops what leaves the song', () => {
  const song = edited({ nudge_s: -0.5 });
  expect(song.beats.length).toBe(19);
  expect(song.beats[0]).toBe(0.25);
  expect(song.downbeats[0]).toBeCloseTo(0.25, 9);
});

test('shifting the bar moves every downbeat by beats and fills the beginning', () => {
  expect(edited({ bar_shift: 1 }).downbeats.slice(0, 2)).toEqual([1.25, 3.25]);
  expect(edited({ bar_shift: 3 }).downbeats[0]).toBe(0.25);
  expect(edited({ bar_shift: -1 }).downbeats[0]).toBe(0.25);
});

test('another time signature counts bars anew from the first downbeat', () => {
  const song = edited({ time_signature: '3/4' });
  expect(song.time_signature).toBe('3/4');
  expect(song.downbeats.slice(0, 3)).toEqual([0.75, 2.25, 3.75]);
});

test('a tapped grid stands in for the found one, over the whole song', () => {
  const song = edited({ grid: { kind: 'tapped', tempo: 100, first_beat: 1.3 } });
  expect(song.tempo).toBeCloseTo(100, 6);
  expect(song.tempo_confidence).toBe(1);
  expect(song.beats[0]).toBeCloseTo(0.1, 9);
  expect(song.downbeats[0]).toBeCloseTo(1.3, 9);
  expect(song.beats.at(-1)).toBeLessThanOrEqual(10);
});

test('a tapped grid gives a song without a beat its beats', () => {
  const silent = { ...found, tempo: null, tempo_confidence: 0, tempo_alternatives: [], beats: [], downbeats: [], time_signature: null };
  const song = applyEdits(silent, { ...NO_EDITS, grid: { kind: 'tapped', tempo: 60, first_beat: 0 } });
  expect([song.beats.length, song.time_signature, song.downbeats]).toEqual([11, '4/4', [0, 4, 8]]);
});

test('a locked grid stays through another analysis', () => {
  const locked: SongEdits = { ...NO_EDITS, grid: { kind: 'locked', beats: [1, 2, 3], downbeats: [1] } };
  const other = { ...found, beats: [0.1, 0.9], downbeats: [] };
  expect(applyEdits(other, locked).beats).toEqual([1, 2, 3]);
});

test('edited sections take their energy from the curve, key moments follow the grid', () => {
  const song = edited({ sections: [{ start: 0, end: 5, label: 'intro', energy: 0 }, { start: 5, end: 10, label: 'chorus', energy: 0 }], nudge_s: 0.1 });
  expect(song.sections.map(({ energy }) => energy)).toEqual([0, 1]);
  expect(song.downbeats).toContain(song.key_moments[0]?.time);
});

test('every edited analysis is a SongAnalysis', () => {
  for (const factor of [0.25, 0.5, 1, 2, 4] as const) {
    for (const shift of [-5, 0, 7]) SongAnalysisSchema.parse(edited({ tempo_factor: factor, bar_shift: shift, nudge_s: 0.3, time_signature: '6/8' }));
  }
});
