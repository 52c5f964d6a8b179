/**
 * Beat alignment score of a dance to music: the mean over the dance's kinematic beats of exp(-d² / 2σ²), d being the
 * distance to the nearest beat of the music and σ three frames at 60 a second. Source: Li et al., "AI Choreographer: Music
 * Conditioned 3D Dance Generation with AIST++", ICCV 2021, equation 9. Pure.
 */
import type { PlanSegment } from '../../../contract/documents/choreography.ts';
import { BEAT_SIGMA_S } from './music.ts';

/** @returns 0..1; 0 without kinematic beats or without music beats. Both rising, seconds. */
export function beatAlignment(kinematicBeats: readonly number[], musicBeats: readonly number[]): number {
  if (kinematicBeats.length === 0 || musicBeats.length === 0) return 0;
  let [sum, at] = [0, 0];
  for (const beat of kinematicBeats) {
    while (at + 1 < musicBeats.length && Math.abs((musicBeats[at + 1] ?? 0) - beat) <= Math.abs((musicBeats[at] ?? 0) - beat)) at += 1;
    const distance = beat - (musicBeats[at] ?? 0);
    sum += Math.exp(-(distance * distance) / (2 * BEAT_SIGMA_S * BEAT_SIGMA_S));
  }
  return sum / kinematicBeats.length;
}

/** Landings of the clips as the film shows them, seconds of the film. */
export function landingsOfFilm(segments: readonly Pick<PlanSegment, 'move_id' | 'start_s' | 'end_s' | 'in_s' | 'speed'>[], landsOf: (moveId: string) => ArrayLike<number>): number[] {
  return segments.flatMap(({ move_id: id, start_s: start, end_s: end, in_s: from, speed }) =>
    Array.from(landsOf(id))
      .map((land) => start + (land - from) / speed)
      .filter((time) => time >= start && time < end),
  );
}
