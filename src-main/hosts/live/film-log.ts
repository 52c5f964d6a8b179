/**
 * Where the film was while an instrument played: a line per change of the transport, found from the readings, so that
 * what was recorded over one straight stretch of a film can be laid under it again.
 */
import type { PlayerState } from '../../adapters/native/live-player.ts';
import type { FilmPlace } from '../../contract/documents/performance.ts';

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

  /** A film that stands was sent to another place: said, because it may run before the next reading. */
  sought({ position }: Pick<PlayerState, 'position'>, filmS: number): void {
    const last = this.#places.at(-1);
    if (last?.film.speed === 0) this.#places.push({ at: position, film: { ...last.film, film_s: filmS } });
  }

  /** Takes a reading; one that goes on from the last change as expected adds nothing. */
  look({ position, filmS, isPlaying, speed }: Pick<PlayerState, 'position' | 'filmS' | 'isPlaying' | 'speed'>): void {
    if (this.#mediaId === null) return;
    const film = { media_id: this.#mediaId, film_s: filmS, speed: isPlaying ? speed : 0 };
    const last = this.#places.at(-1);
    if (last && last.film.media_id === film.media_id && last.film.speed === film.speed) {
      const expected = last.film.film_s + ((position - last.at) / this.#rate) * film.speed;
      if (Math.abs(expected - filmS) <= SAME_PLACE_S) return;
    }
    this.#places.push({ at: position, film });
  }
}
