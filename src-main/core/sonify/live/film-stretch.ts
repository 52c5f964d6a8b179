/** Whether a recorded performance went over one straight stretch of a film at its own speed, and which. Pure. */
import type { FilmPlace } from '../../../contract/documents/performance.ts';

export interface FilmStretch {
  readonly mediaId: string;
  /** Place in the film of the first sample, s. */
  readonly startS: number;
  /** In samples since the instrument began. */
  readonly firstSample: number;
  readonly samples: number;
}

type Place = FilmPlace['film'] & { readonly at: number };

/**
 * The film may stand before and after it ran, but it ran once, at speed 1: what was recorded while it stood is not part of
 * the stretch.
 * @param places  by sample; each is exact on its own, but was noticed up to a reading (17 ms) after the change
 * @returns null when there is no such stretch
 */
export function straightStretch(places: readonly FilmPlace[], recorded: { start: number; samples: number; rate: number }): FilmStretch | null {
  const { start, rate } = recorded;
  const end = start + recorded.samples;
  const all: Place[] = places.map(({ at, film }) => ({ ...film, at }));
  const first = Math.max(0, all.findLastIndex(({ at }) => at <= start));
  const within = all.slice(first).filter(({ at }) => at < end);
  const running = within.filter(({ speed }) => speed !== 0);
  const [run] = running;
  if (running.length !== 1 || !run || run.speed !== 1 || within.some(({ media_id: id }) => id !== run.media_id)) return null;
  const index = within.indexOf(run);
  // Where the line through the run meets the place it stood at is where it began, and where it ended.
  const meets = (place: Place): number => Math.round(run.at + (place.film_s - run.film_s) * rate);
  const between = (value: number, low: number, high: number, other: number): number => (value >= low && value <= high ? value : other);
  const [before, after] = [within[index - 1], within[index + 1]];
  const begin = before ? between(meets(before), before.at, run.at, run.at) : Math.max(start, Math.min(run.at, end));
  const stop = after ? between(meets(after), run.at, after.at, after.at) : end;
  const [firstSample, lastSample] = [Math.max(start, begin), Math.min(end, stop)];
  if (lastSample <= firstSample) return null;
  const startS = run.film_s + (firstSample - run.at) / rate;
  return startS < -1 / rate ? null : { mediaId: run.media_id, startS: Math.max(0, startS), firstSample, samples: lastSample - firstSample };
}
