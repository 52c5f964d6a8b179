/**
 * Where the film was while an instrument played: a line per change of the transport, found from the readings, so that
 * what was recorded over one straight stretch of a film can be laid under it again.
 */
import type { PlayerState } from '../../adapters/native/live-player.ts';

/** From sample `at` on the film stands at `film_s`, or runs from there at `speed`. */
export interface FilmPlace {
  readonly at: number;
  readonly media_id: string;
  readonly film_s: number;
  /** 0 while it stands. */
  readonly speed: number;
}

/** Readings and rounding agree to much less than a frame. */
const SAME_PLACE_S = 0.002;

export class FilmLog {
  readonly #rate: number;
  readonly #places: FilmPlace[] = [];
  #mediaId: string | null = null;

  constructor(rate: number) {
    this.#rate = rate;
  }

  get places(): readonly FilmPlace[] {
    return this.#places;
  }

  setFilm(mediaId: string): void {
    this.#mediaId = mediaId;
  }

  /** Takes a reading; one that goes on from the last change as expected adds nothing. */
  look({ position, filmS, isPlaying, speed }: Pick<PlayerState, 'position' | 'filmS' | 'isPlaying' | 'speed'>): void {
    if (this.#mediaId === null) return;
    const place: FilmPlace = { at: position, media_id: this.#mediaId, film_s: filmS, speed: isPlaying ? speed : 0 };
    const last = this.#places.at(-1);
    if (last && last.media_id === place.media_id && last.speed === place.speed) {
      const expected = last.film_s + ((position - last.at) / this.#rate) * last.speed;
      if (Math.abs(expected - filmS) <= SAME_PLACE_S) return;
    }
    this.#places.push(place);
  }
}
