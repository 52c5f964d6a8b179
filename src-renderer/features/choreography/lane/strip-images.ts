/** Pictures of moves for the lane: geometry and sheets of each film, asked for when it is first in sight. */
import type { Filmstrip } from '../../../../src-main/contract/documents/media-item.ts';
import { mediaById } from '../../../stores/media-store.ts';
import { wake } from '../../../ui/animation.ts';
import { filmstripOf } from '../../library/filmstrip-cache.ts';
import { SheetImages } from '../../sonify/lanes/sheet-images.ts';

export interface StripPictures {
  readonly geometry: Filmstrip;
  readonly sheets: SheetImages;
}

/** Whether a film's strip is made; before that there is nothing to ask for. */
export function hasStrip(mediaId: string): boolean {
  const state = mediaById(mediaId)?.filmstrip;
  return state === 'ready' || state === 'stale';
}

class StripImages {
  readonly #known = new Map<string, StripPictures>();
  readonly #asked = new Set<string>();
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
    if (this.#asked.has(mediaId) || !hasStrip(mediaId)) return null;
    this.#asked.add(mediaId);
    filmstripOf(mediaId).then(
      (geometry) => {
        this.#known.set(mediaId, { geometry, sheets: new SheetImages(mediaId) });
        this.#own += 1;
        wake();
      },
      () => this.#asked.delete(mediaId),
    );
    return null;
  }
}

export const stripImages = new StripImages();
