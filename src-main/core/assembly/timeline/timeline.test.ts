import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { requireBlueprint } from '../blueprint/validate.ts';
import { filmRate } from './film-rate.ts';
import { type CopyFacts, type Part, framesOfPart, partsOf } from './parts.ts';
import { type Timeline, shortfalls, timelineOf } from './timeline.ts';

interface MoveLine {
  readonly length: number;
  readonly kind?: string;
  readonly trim?: number;
  readonly speed?: number;
}

function film(lines: readonly MoveLine[], footage: readonly number[], output: Record<string, unknown> = {}): Timeline {
  let start = 0;
  const moves = lines.map(({ length, kind = 'cut', trim = 0, speed = 1 }, i) => {
    const at = start;
    start += length;
    return { clip_id: `m${i}`, video_path: `${i}.mp4`, start_time: at, duration: length, transition_type: kind, trim_start: trim, speed };
  });
  return timelineOf(requireBlueprint({ task_id: 't', audio_path: null, moves, total_duration: start, output_config: output }), footage);
}

test('rates: 29.97 and its kin are the fractions they stand for, other numbers are themselves', () => {
  expect([30, 29.97, 23.976, '30000/1001', '25', 12.5].map(filmRate).map(({ numerator, denominator }) => numerator / denominator)).toEqual([30, 30_000 / 1001, 24_000 / 1001, 30_000 / 1001, 25, 12.5]);
});

test('every boundary is the rounded start, however many transitions came before: nothing accumulates', () => {
  const beat = 60 / 129.2;
  const lines = Array.from({ length: 200 }, (_, i) => ({ length: 4 * beat, kind: i % 2 ? 'crossfade' : 'cut', trim: 1 }));
  const { clips, frames } = film(lines, lines.map(() => 400), { frame_rate: '30000/1001' });
  const rate = 30_000 / 1001;
  expect(clips.map(({ start }, i) => Math.abs(start - i * 4 * beat * rate) <= 0.5 + 1e-6).every(Boolean)).toBe(true);
  expect(frames).toBe(Math.floor(200 * 4 * beat * rate + 0.5));
});

describe('a crossfade of 15 frames', () => {
  const into = (footageBefore: number, trimFrames: number) => film([{ length: 2 }, { length: 2, kind: 'crossfade', trim: trimFrames / 30 }], [60 + footageBefore, 400]).clips[1]?.into;

  test('covers the cut evenly where both clips have footage', () => {
    expect(into(100, 30)).toEqual({ kind: 'crossfade', before: 7, after: 8, asked: 15, moved: 0, held: 0 });
  });
  test('moves behind the cut where the clip that comes has nothing before its in-point', () => {
    expect(into(100, 0)).toMatchObject({ before: 0, after: 15, moved: 7, held: 0 });
  });
  test('moves before the cut where the clip that goes has nothing left', () => {
    expect(into(0, 60)).toMatchObject({ before: 15, after: 0, moved: -8, held: 0 });
  });
  test('is shortened where both have little', () => {
    expect(into(5, 4)).toMatchObject({ before: 4, after: 5, held: 0 });
  });
  test('holds edge pictures for half its length where neither has any', () => {
    expect(into(0, 0)).toMatchObject({ before: 4, after: 4, held: 4 });
  });
});

test('fade_black takes nothing from the clips beyond the cut', () => {
  expect(film([{ length: 2 }, { length: 2, kind: 'fade_black' }], [60, 60]).clips[1]?.into).toMatchObject({ before: 9, after: 9, held: 0 });
});

test('two missing frames are held, three are too few, and trim_end is not shown', () => {
  const moves = (trimEnd: number) => requireBlueprint({ task_id: 't', audio_path: null, moves: [{ clip_id: 'a', video_path: 'a.mp4', start_time: 0, duration: 2, trim_end: trimEnd }], total_duration: 2 });
  const missing = (footage: number, trimEnd = 0) => shortfalls(timelineOf(moves(trimEnd), [footage]), moves(trimEnd).moves);
  expect([missing(58), missing(57), missing(70, 0.5)]).toEqual([[], [{ move: 0, frames: 3 }], [{ move: 0, frames: 5 }]]);
});

/** Film frame → which clip's frame is seen there, from the parts: a joint shows the clip that is entered from its half on. */
function shown(parts: readonly Part[], copies: readonly CopyFacts[], frame: number): { clip: number; frame: number } | null {
  const part = parts.find((each) => each.start <= frame && frame < each.start + framesOfPart(each));
  if (!part) return null;
  const firstOf = (clip: number): number => copies[clip]?.first ?? 0;
  const at = frame - part.start;
  if (part.kind === 'copy') return { clip: part.stretch.clip, frame: part.stretch.from + at + firstOf(part.stretch.clip) };
  const length = (part.transition?.before ?? 0) + (part.transition?.after ?? 0);
  const isFadeOut = part.transition?.kind.startsWith('fade_') === true;
  if (part.leaving && at < (part.transition?.before ?? 0)) return { clip: part.leaving.clip, frame: part.leaving.from + at + firstOf(part.leaving.clip) };
  const skipped = isFadeOut ? (part.transition?.before ?? 0) : 0;
  return length >= 0 ? { clip: part.entering.clip, frame: part.entering.from + at - skipped + firstOf(part.entering.clip) } : null;
}

test('any blueprint becomes parts without gap or overlap, in which every film frame shows the planned frame of the planned clip', () => {
  const line = fc.record({
    length: fc.integer({ min: 1, max: 90 }).map((frames) => frames / 30),
    kind: fc.constantFrom('cut', 'cut', 'crossfade', 'fade_black', 'wipeleft'),
    trim: fc.integer({ min: 0, max: 40 }).map((frames) => frames / 30),
    speed: fc.constantFrom(1, 0.9, 1.1),
  });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 20 }), (lines, spare, group) => {
      const footage = lines.map(({ length, trim, speed }) => Math.round((trim / speed) * 30) + Math.round(length * 30) + spare);
      const timeline = film(lines, footage);
      const copies = timeline.clips.map(({ move }): CopyFacts => {
        const frames = footage[move] ?? 0;
        return { first: 0, frames, keys: Array.from({ length: Math.ceil(frames / group) }, (_, i) => i * group) };
      });
      const parts = partsOf(timeline, copies);
      let at = 0;
      for (const part of parts) {
        expect(part.start).toBe(at);
        expect(framesOfPart(part)).toBeGreaterThan(0);
        if (part.kind === 'copy') {
          expect(copies[part.stretch.clip]?.keys).toContain(part.stretch.from);
          expect(part.stretch.to).toBeLessThanOrEqual(copies[part.stretch.clip]?.frames ?? 0);
        }
        at += framesOfPart(part);
      }
      expect(at).toBe(timeline.frames);
      timeline.clips.forEach((clip, index) => {
        for (let frame = clip.start; frame < clip.end; frame += 1) {
          const next = timeline.clips[index + 1];
          // The cut stands where the plan says; what is seen around it is the business of the transition.
          if (frame < clip.start + (clip.into?.after ?? 0) || frame >= clip.end - (next?.into?.before ?? 0)) continue;
          expect(shown(parts, copies, frame)).toEqual({ clip: index, frame: clip.offset + frame - clip.start });
        }
      });
    }),
    { numRuns: 300 },
  );
});
