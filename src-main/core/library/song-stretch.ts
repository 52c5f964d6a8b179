/** Energy and tempo of a stretch of an analysed song. Pure. */
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';

const MOST_SECONDS_APART = 12;

/** @returns mean of the energy curve over [start, end) and the tempo of the beats in it; the song's own where it has too few. */
export function stretchOfSong({ energy, beats, tempo }: Pick<SongAnalysis, 'energy' | 'beats' | 'tempo'>, start: number, end: number): { energy: number; tempo: number | null } {
  const values = energy.slice(Math.floor(start), Math.max(Math.floor(start) + 1, Math.ceil(end)));
  const gaps = beats
    .filter((beat) => beat >= start && beat < end)
    .flatMap((beat, at, all) => (at === 0 ? [] : [beat - (all[at - 1] as number)]))
    .filter((gap) => gap > 0 && gap < MOST_SECONDS_APART)
    .sort((a, b) => a - b);
  const middle = gaps[gaps.length >> 1];
  return { energy: values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length, tempo: gaps.length >= 3 && middle !== undefined ? 60 / middle : tempo };
}
