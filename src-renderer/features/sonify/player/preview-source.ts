/**
 * Rendered stretches of the mapping, asked for one at a time and kept while they are likely to be heard again. A stretch
 * is known by everything that decides its sound.
 */
import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import { bytes, call, floats } from '../../../api/client.ts';
import type { Chunk } from '../../../model/preview-plan.ts';
import { OVERLAP_S } from '../../../model/preview-plan.ts';
import type { PreviewTrace } from '../../../model/preview-trace.ts';

/** What is played: a film through a mapping. */
export interface Voicing {
  readonly mediaId: string;
  readonly durationS: number;
  readonly mapping: Mapping;
  readonly seed: number;
  /** Loudness to bring every stretch to, so that versions compare fairly. */
  readonly loudness: number | 'off';
}

export interface Stretch {
  readonly key: string;
  readonly chunk: Chunk;
  readonly buffer: AudioBuffer;
  readonly trace: PreviewTrace;
  /** Row ids in the trace's order. */
  readonly rowIds: readonly string[];
  readonly integratedLufs: number | null;
}

/** About ten minutes of stereo sound. */
const MOST_KEPT = 72;
const texts = new WeakMap<Mapping, string>();

/** One string for everything that decides the sound of a voicing; equal for equal mappings. */
export function voicingKey(voicing: Voicing): string {
  let text = texts.get(voicing.mapping);
  if (text === undefined) {
    const { name: _name, description: _description, id: _id, ...sounding } = voicing.mapping;
    text = JSON.stringify(sounding);
    texts.set(voicing.mapping, text);
  }
  return `${voicing.mediaId}|${voicing.seed}|${voicing.loudness}|${text}`;
}

const keyOf = (voicing: Voicing, chunk: Chunk): string => `${chunk.startS}|${chunk.endS}|${voicingKey(voicing)}`;

export class PreviewSource {
  readonly #kept = new Map<string, Stretch>();
  readonly #decoder: () => BaseAudioContext;

  constructor(decoder: () => BaseAudioContext) {
    this.#decoder = decoder;
  }

  find(voicing: Voicing, chunk: Chunk): Stretch | null {
    return this.#kept.get(keyOf(voicing, chunk)) ?? null;
  }

  /** Any kept stretch of the voicing that holds a time: for the live values while nothing plays. */
  holding(voicing: Voicing, timeS: number): Stretch | null {
    const own = voicingKey(voicing);
    for (const stretch of this.#kept.values()) {
      if (stretch.key.endsWith(own) && timeS >= stretch.chunk.startS && timeS < stretch.chunk.endS) return stretch;
    }
    return null;
  }

  /** @throws AppError when it cannot be rendered; AbortError when the signal ends it */
  async render(voicing: Voicing, chunk: Chunk, signal: AbortSignal): Promise<Stretch> {
    const key = keyOf(voicing, chunk);
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const body = {
      media_id: voicing.mediaId,
      mapping: voicing.mapping,
      seed: voicing.seed,
      start_s: chunk.startS,
      end_s: Math.min(voicing.durationS, chunk.endS + OVERLAP_S),
      loudness: voicing.loudness,
    };
    const preview = await call('createPreview', { body, signal });
    const params = { id: preview.id };
    const [wav, values] = await Promise.all([
      bytes('getPreviewAudio', { params, signal }),
      floats('getPreviewTrace', { params, signal }),
    ]);
    const buffer = await this.#decoder().decodeAudioData(wav);
    const trace: PreviewTrace = {
      startS: preview.start_s,
      rateHz: preview.trace.rate_hz,
      ticks: preview.trace.ticks,
      columns: preview.trace.columns,
      values,
    };
    const stretch: Stretch = {
      key,
      chunk,
      buffer,
      trace,
      rowIds: voicing.mapping.rows.map((row) => row.id),
      integratedLufs: preview.integrated_lufs,
    };
    this.#keep(stretch);
    return stretch;
  }

  #keep(stretch: Stretch): void {
    this.#kept.set(stretch.key, stretch);
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
