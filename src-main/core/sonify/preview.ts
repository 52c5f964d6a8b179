/**
 * Preview: any range of a sonification rendered now, with four bars of pre-roll so that filters, tails and patterns
 * are where the whole film would have them. Kept as files for the page; the newest few only.
 */
import type { Preview, PreviewRequest } from '../../contract/documents/sonify.ts';
import { AppError } from '../../contract/errors.ts';
import { samplesOf } from '../../contract/units.ts';
import type { NewId } from '../clock.ts';
import { compileMapping } from './mapping/index.ts';
import type { SonifyFeatures, SonifyMedia, SoundHost, WorkFiles } from './ports.ts';
import { SAMPLE_RATE } from './sound-files.ts';

const PRE_ROLL_BARS = 4;
const BEATS_PER_BAR = 4;
const TRACE_HZ = 60;
const MAX_PREVIEW_S = 600;
const KEPT = 24;

interface Kept {
  readonly preview: Preview;
  readonly path: string;
  readonly trace: Float32Array;
}

export interface PreviewPorts {
  readonly media: SonifyMedia;
  readonly features: SonifyFeatures;
  readonly host: SoundHost;
  readonly files: WorkFiles;
  readonly newId: NewId;
}

export class Previews {
  readonly #ports: PreviewPorts;
  readonly #kept = new Map<string, Kept>();

  constructor(ports: PreviewPorts) {
    this.#ports = ports;
  }

  /**
   * Renders [start_s, end_s) of a film, at most ten minutes.
   * @throws AppError `features-missing` before the analysis is complete; `input-invalid` for an empty range.
   */
  async create(request: PreviewRequest, signal: AbortSignal): Promise<Preview> {
    const item = this.#ports.media.get(request.media_id);
    if (this.#ports.features.readyKey(item.id) === null) {
      throw new AppError('features-missing', `${item.name} is not analysed yet.`, { hint: 'The preview is there as soon as the analysis is done.' });
    }
    const endS = Math.min(request.end_s, item.probe.duration_s, request.start_s + MAX_PREVIEW_S);
    const start = samplesOf(request.start_s, SAMPLE_RATE);
    const samples = samplesOf(endS, SAMPLE_RATE) - start;
    if (samples <= 0) {
      throw new AppError('input-invalid', 'The range to preview is empty.', { hint: `Choose a range within ${item.name}.` });
    }
    const id = this.#ports.newId();
    const kept = await this.#render(id, request, { start, samples }, signal);
    this.#keep(id, kept);
    return kept.preview;
  }

  async #render(id: string, request: PreviewRequest, range: { start: number; samples: number }, signal: AbortSignal): Promise<Kept> {
    const { files } = this.#ports;
    const preRollS = (PRE_ROLL_BARS * BEATS_PER_BAR * 60) / request.mapping.tempo.bpm;
    const skip = Math.min(range.start, samplesOf(preRollS, SAMPLE_RATE));
    const rendered = files.partialPath(files.workPath(`preview-${id}`, 'wav'));
    try {
      return await this.#renderTo(rendered, { id, request, range, skip }, signal);
    } catch (error) {
      // The page gives previews up all day long: what the host wrote so far goes with them.
      await files.discard(rendered);
      throw error;
    }
  }

  async #renderTo(
    rendered: string,
    { id, request, range, skip }: { id: string; request: PreviewRequest; range: { start: number; samples: number }; skip: number },
    signal: AbortSignal,
  ): Promise<Kept> {
    const output = await this.#ports.host.render(
      {
        mapping: compileMapping(request.mapping) as unknown as Record<string, unknown>,
        seed: request.seed,
        sample_rate: SAMPLE_RATE,
        start_sample: range.start - skip,
        skip_samples: skip,
        samples: range.samples,
        media_id: request.media_id,
        first_chunk: this.#ports.features.chunkIndexAt(request.media_id, (range.start - skip) / SAMPLE_RATE),
        premaster_path: rendered,
        stem_paths: null,
        trace_hz: TRACE_HZ,
      },
      { signal },
    );
    const path = await this.#level(id, rendered, { target: request.loudness, samples: range.samples }, signal);
    const columns = output.trace_columns;
    const preview: Preview = {
      id,
      start_s: range.start / SAMPLE_RATE,
      duration_s: range.samples / SAMPLE_RATE,
      sample_rate: SAMPLE_RATE,
      integrated_lufs: output.integrated_lufs,
      trace: { rate_hz: TRACE_HZ, ticks: columns === 0 ? 0 : Math.floor(output.trace.length / columns), columns },
    };
    return { preview, path, trace: output.trace };
  }

  /** Two versions are compared at equal loudness: the same target for both. */
  async #level(id: string, rendered: string, { target, samples }: { target: PreviewRequest['loudness']; samples: number }, signal: AbortSignal): Promise<string> {
    if (target === 'off') return rendered;
    const levelled = this.#ports.files.partialPath(this.#ports.files.workPath(`preview-${id}-levelled`, 'wav'));
    try {
      await this.#ports.host.master(
      { source_path: rendered, target_path: levelled, target_lufs: target, ceiling_db: -1, format: 'f32', comment: '', peaks_path: null, samples, sample_rate: SAMPLE_RATE },
      { signal },
      );
    } catch (error) {
      await this.#ports.files.discard(levelled);
      throw error;
    }
    await this.#ports.files.discard(rendered);
    return levelled;
  }

  #keep(id: string, kept: Kept): void {
    this.#kept.set(id, kept);
    for (const [oldest, { path }] of this.#kept) {
      if (this.#kept.size <= KEPT) break;
      this.#kept.delete(oldest);
      void this.#ports.files.discard(path);
    }
  }

  /** @throws AppError `not-found` for a preview that was never made or is no longer kept. */
  get(id: string): Kept {
    const kept = this.#kept.get(id);
    if (!kept) throw new AppError('not-found', 'This preview is no longer kept.', { hint: 'Preview the range again.' });
    return kept;
  }

  async close(): Promise<void> {
    for (const { path } of this.#kept.values()) await this.#ports.files.discard(path);
    this.#kept.clear();
  }
}
