/** The original document's way to a choreography: eight seconds each, the nearest move by search, no look at the beats. */
import type { Plan, PlanSegment } from '../../src-main/contract/documents/choreography.ts';
import type { SongAnalysis } from '../../src-main/contract/documents/song-analysis.ts';
import type { Clip } from '../../src-main/core/choreography/plan/clip.ts';
import { slotAt } from '../../src-main/core/choreography/plan/slots.ts';
import { musicOf } from '../../src-main/core/choreography/plan/music.ts';

const LENGTH_S = 8;

/**
 * @param nearest  ids of moves for a stretch of the song, nearest first
 * @param like     a plan whose song, parameters and the like are taken
 */
export function seedMethod(like: Plan, analysis: SongAnalysis, clips: ReadonlyMap<string, Clip>, nearest: (startS: number, endS: number) => readonly string[]): Plan {
  const music = musicOf(analysis);
  const used: string[] = [];
  const segments: PlanSegment[] = [];
  for (let start = 0; start < analysis.duration - 0.05; start += LENGTH_S) {
    const end = Math.min(analysis.duration, start + LENGTH_S);
    const fitting = nearest(start, end).flatMap((id) => clips.get(id) ?? []).filter(({ durationS }) => durationS >= end - start);
    // Variety is granted to it: the nearest that was not shown within the window.
    const clip = fitting.find(({ id }) => !used.slice(-like.parameters.repeat_window).includes(id)) ?? fitting[0];
    if (!clip) throw new Error('No clip lasts eight seconds.');
    used.push(clip.id);
    const slot = slotAt(music, { startS: start, endS: end, counts: 0 }, null);
    const first = like.segments[0] as PlanSegment;
    segments.push({ ...first, id: `b${segments.length}`, move_id: clip.id, name: clip.name, category: clip.category, path: clip.path, clip_s: clip.durationS, start_s: start, end_s: end, counts: 0, section: slot.section?.label ?? null, energy: slot.energy, in_s: 0, speed: 1, transition: 'cut', alternatives: [] });
  }
  return { ...like, segments };
}
