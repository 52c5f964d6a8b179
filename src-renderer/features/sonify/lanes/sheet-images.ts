/** Sheets of filmstrip tiles as images, loaded when first drawn. */
import { urlOf } from '../../../api/client.ts';
import { wake } from '../../../ui/animation.ts';

export class SheetImages {
  readonly #mediaId: string;
  readonly #images = new Map<number, HTMLImageElement>();
  version = 0;

  constructor(mediaId: string) {
    this.#mediaId = mediaId;
  }

  /** The sheet, or null while it loads or is not made yet. */
  get(sheet: number): HTMLImageElement | null {
    const known = this.#images.get(sheet);
    if (known) return known.complete && known.naturalWidth > 0 ? known : null;
    const image = new Image();
    image.onload = () => {
      this.version += 1;
      wake();
    };
    image.src = urlOf('getFilmstripSheet', { params: { id: this.#mediaId, sheet } });
    this.#images.set(sheet, image);
    return null;
  }

  /** Forgets the sheets that were not there yet. */
  renew(): void {
    for (const [sheet, image] of this.#images)
      if (image.complete && image.naturalWidth === 0) this.#images.delete(sheet);
    this.version += 1;
  }
}
