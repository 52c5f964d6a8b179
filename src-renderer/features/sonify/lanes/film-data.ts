/**
 * Everything the lanes and overlays draw of one film, loaded as it is made: curves, frames, cuts, filmstrip, the sound's
 * peaks. Lives outside React; `version` rises whenever something has arrived.
 */
import { useEffect, useMemo } from 'react';

import type { Filmstrip, MediaItem } from '../../../../src-main/contract/documents/media-item.ts';
import { parseRational } from '../../../../src-main/contract/units.ts';
import type { Rational } from '../../../../src-main/contract/units.ts';
import { onFeatureGrowth } from '../../../stores/feature-growth.ts';
import { wake } from '../../../ui/animation.ts';
import { filmstripOf, forgetFilmstrip } from '../../library/filmstrip-cache.ts';
import { CurveTiles } from './curve-tiles.ts';
import { loadCuts } from './cut-list.ts';
import { FrameChunks } from './frame-chunks.ts';
import { SheetImages } from './sheet-images.ts';
import { SoundPeaks } from './sound-peaks.ts';

const FALLBACK_RATE: Rational = { numerator: 30, denominator: 1 };

export function rateOf(item: MediaItem | null): Rational {
  const text = item?.probe.video?.frame_rate;
  return (text ? parseRational(text) : null) ?? FALLBACK_RATE;
}

export class FilmData {
  readonly mediaId: string;
  readonly durationS: number;
  readonly framePeriodS: number;
  readonly curves: CurveTiles;
  readonly frames: FrameChunks;
  readonly sheets: SheetImages;
  readonly peaks: SoundPeaks;
  strip: Filmstrip | null = null;
  cuts: readonly number[] = [];
  /** Analysed so far. */
  untilS = 0;
  #version = 0;
  #abort = new AbortController();

  constructor(item: MediaItem) {
    const rate = rateOf(item);
    this.mediaId = item.id;
    this.durationS = item.probe.duration_s;
    this.framePeriodS = rate.denominator / rate.numerator;
    this.curves = new CurveTiles(item.id, this.durationS, this.framePeriodS);
    this.frames = new FrameChunks(item.id, this.framePeriodS);
    this.sheets = new SheetImages(item.id);
    this.peaks = new SoundPeaks(item.id);
  }

  get version(): string {
    return `${this.#version}.${this.curves.version}.${this.frames.version}.${this.sheets.version}.${this.peaks.version}`;
  }

  grew(untilS: number): void {
    this.untilS = untilS;
    this.curves.grew(untilS);
    this.frames.grew();
    this.#changed();
  }

  /** The analysis is done: everything is read once more, and the cuts are known. */
  async analysed(): Promise<void> {
    this.untilS = this.durationS;
    this.curves.renew();
    this.frames.grew();
    this.#abort.abort();
    this.#abort = new AbortController();
    try {
      this.cuts = await loadCuts(this.mediaId, this.durationS, this.framePeriodS, this.#abort.signal);
    } catch {
      this.cuts = [];
    }
    this.#changed();
  }

  async loadStrip(): Promise<void> {
    forgetFilmstrip(this.mediaId);
    try {
      this.strip = await filmstripOf(this.mediaId);
    } catch {
      this.strip = null;
    }
    this.sheets.renew();
    this.#changed();
  }

  close(): void {
    this.#abort.abort();
    this.curves.close();
  }

  #changed(): void {
    this.#version += 1;
    wake();
  }
}

/** The data of the open film; made anew only for another film. */
export function useFilmData(item: MediaItem | null): FilmData | null {
  const id = item?.id ?? null;
  // The probe of an item never changes; everything else about it is read anew below.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const data = useMemo(() => (item && id !== null ? new FilmData(item) : null), [id]);
  const { features, filmstrip, peaks } = item ?? {};
  useEffect(() => {
    if (!data) return undefined;
    const stop = onFeatureGrowth((mediaId, untilS) => (mediaId === data.mediaId ? data.grew(untilS) : undefined));
    return () => {
      stop();
      data.close();
    };
  }, [data]);
  useEffect(() => {
    if (data && (features === 'ready' || features === 'stale')) void data.analysed();
  }, [data, features]);
  useEffect(() => {
    if (data && (filmstrip === 'ready' || filmstrip === 'making')) void data.loadStrip();
  }, [data, filmstrip]);
  useEffect(() => {
    if (data && peaks === 'ready') void data.peaks.load();
  }, [data, peaks]);
  return data;
}
