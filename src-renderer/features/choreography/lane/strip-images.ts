/** Pictures of moves for the lane: geometry and sheets of each film, asked for when it is first in sight. */
import type { Filmstrip } from '../../../../src-main/contract/documents/media-item.ts';
import { wake } from '../../../ui/animation.ts';
import { filmstripOf } from '../../library/filmstrip-cache.ts';
import { SheetImages } from '../../sonify/lanes/sheet-images.ts';

export interface StripPictures {
  readonly geometry: Filmstrip;
  readonly sheets: SheetImages;
}

/** A strip that is not made yet is asked for again after this. */
const AGAIN_MS = 4000;

class StripImages {
  readonly #known = new Map<string, StripPictures>();
  readonly #askedMs = new Map<string, number>();
  #own = 0;

  /** Changes when something new can be drawn. */
  get version(): number {
    let sum = this.#own;
    for (const { sheets } of this.#known.values()) sum += sheets.version;
    return sum;
  }

  of(mediaId: string): StripPictures | null {
    const known = this.#known.get(mediaId);
    if (known) return known;
    const nowMs = performance.now();
    if (nowMs - (this.#askedMs.get(mediaId) ?? -AGAIN_MS) < AGAIN_MS) return null;
    this.#askedMs.set(mediaId, nowMs);
    filmstripOf(mediaId).then(
      (geometry) => {
        this.#known.set(mediaId, { geometry, sheets: new SheetImages(mediaId) });
        this.#own += 1;
        wake();
      },
      () => undefined,
    );
    return null;
  }
}

export const stripImages = new StripImages();
