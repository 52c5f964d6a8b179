/** The peaks of a film's own sound, level by level as zoom asks for them. */
import type { PeaksInfo } from '../../../../src-main/contract/documents/media-item.ts';
import { call, shorts } from '../../../api/client.ts';
import { levelFor } from '../../../model/waveform.ts';
import type { PeakSource } from '../../../model/waveform.ts';
import { wake } from '../../../ui/animation.ts';

/** Largest level that is read whole: about an hour at the finest. */
const MOST_PEAKS = 1_400_000;

export class SoundPeaks {
  readonly #mediaId: string;
  readonly #levels = new Map<number, PeakSource | 'loading'>();
  #info: PeaksInfo | null = null;
  version = 0;

  constructor(mediaId: string) {
    this.#mediaId = mediaId;
  }

  async load(): Promise<void> {
    try {
      this.#info = await call('getPeaksInfo', { params: { id: this.#mediaId } });
    } catch {
      this.#info = null;
    }
    this.#changed();
  }

  get isThere(): boolean {
    return this.#info !== null;
  }

  /** Peaks fit for a zoom; a coarser level while the right one loads. */
  at(pxPerS: number): PeakSource | null {
    const info = this.#info;
    if (!info || info.levels.length === 0) return null;
    const finest = info.levels.findIndex((level) => level.count <= MOST_PEAKS);
    const level = Math.max(finest, levelFor(pxPerS, info.sample_rate, info.frames_per_peak, info.levels.length));
    const wanted = this.#level(info, level);
    if (wanted) return wanted;
    return [...this.#levels.values()].find((source) => source !== 'loading') ?? null;
  }

  #level(info: PeaksInfo, level: number): PeakSource | null {
    const known = this.#levels.get(level);
    if (known) return known === 'loading' ? null : known;
    this.#levels.set(level, 'loading');
    shorts('getPeaks', { params: { id: this.#mediaId, level } }).then(
      (triples) => {
        this.#levels.set(level, { triples, secondsPerPeak: (info.frames_per_peak * 4 ** level) / info.sample_rate });
        this.#changed();
      },
      () => this.#levels.delete(level),
    );
    return null;
  }

  #changed(): void {
    this.version += 1;
    wake();
  }
}
