/**
 * The sound of one sonification as files: premaster and stems rendered once per key, the film's own sound laid under,
 * loudness set. Each finished file outlives a killed process; nothing is rendered twice.
 */
import { createHash } from 'node:crypto';

import type { SonifyRequest } from '../../contract/documents/sonify.ts';
import { AppError } from '../../contract/errors.ts';
import { SOUND_VERSION } from '../../contract/limits.ts';
import type { FilmSource } from '../assembly/index.ts';
import { mixArguments } from '../assembly/index.ts';
import { compileMapping } from './mapping/index.ts';
import type { FilmMaker, RunOptions, SoundHost, WorkFiles } from './ports.ts';

export const SAMPLE_RATE = 48_000;
export const STEM_NAMES = ['bass', 'rhythm', 'atmosphere'] as const;

export interface SoundJob {
  readonly request: SonifyRequest;
  readonly featuresKey: string;
  readonly samples: number;
  readonly source: FilmSource;
}

export interface RenderedFiles {
  readonly premaster: string;
  readonly stems: readonly { name: (typeof STEM_NAMES)[number]; path: string }[];
}

/** Names a result by everything it depends on. */
function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40);
}

/** Key of the rendered sound: the same features, mapping, seed and engine give the same samples. */
export function soundKey(job: SoundJob): string {
  const { mapping, seed, settings } = job.request;
  const { id: _id, name: _name, description: _description, ...sounding } = mapping;
  return keyOf([job.featuresKey, sounding, seed, job.samples, SAMPLE_RATE, SOUND_VERSION, settings.stems]);
}

export class SoundFiles {
  readonly #host: SoundHost;
  readonly #files: WorkFiles;
  readonly #film: FilmMaker;

  constructor(ports: { host: SoundHost; files: WorkFiles; film: FilmMaker }) {
    this.#host = ports.host;
    this.#files = ports.files;
    this.#film = ports.film;
  }

  /** Premaster (and stems) of the whole film. Cost: about 1/100 of its length. */
  async render(job: SoundJob, options: RunOptions): Promise<RenderedFiles> {
    const key = soundKey(job);
    const names = job.request.settings.stems ? STEM_NAMES : [];
    const stems = names.map((name) => ({ name, path: this.#files.workPath(`${key}-${name}`, 'wav') }));
    const premaster = this.#files.workPath(key, 'wav');
    if (this.#files.hasWork(key, 'wav')) return { premaster, stems };
    await this.#files.requireSpace(premaster, job.samples * 8 * (1 + stems.length));
    const partials = [...stems.map((stem) => stem.path), premaster].map((path) => this.#files.partialPath(path));
    try {
      const { has_faulted: hasFaulted } = await this.#host.render(this.#renderInput(job, partials), options);
      if (hasFaulted) {
        throw new AppError('mapping-invalid', `${job.request.mapping.name} makes the sound engine run out of numbers.`, { hint: 'Bring the output ranges of its rows back to sensible values.' });
      }
      // The premaster is named last: it stands for its stems.
      for (const [index, path] of [...stems.map((stem) => stem.path), premaster].entries()) {
        await this.#files.publish(partials[index] ?? '', path);
      }
    } finally {
      for (const partial of partials) await this.#files.discard(partial);
    }
    return { premaster, stems };
  }

  #renderInput(job: SoundJob, partials: readonly string[]) {
    const [first = '', second = '', third = ''] = partials;
    return {
      mapping: compileMapping(job.request.mapping) as unknown as Record<string, unknown>,
      seed: job.request.seed,
      sample_rate: SAMPLE_RATE,
      start_sample: 0,
      skip_samples: 0,
      samples: job.samples,
      media_id: job.request.media_id,
      first_chunk: 0,
      premaster_path: partials.at(-1) ?? '',
      stem_paths: job.request.settings.stems ? ([first, second, third] as [string, string, string]) : null,
      trace_hz: 0,
    };
  }

  /** The premaster with the film's own sound under it, or the premaster itself when there is none to keep. */
  async mix(job: SoundJob, premaster: string, options: RunOptions & { onCommand?: (program: string, args: readonly string[]) => void }): Promise<string> {
    const mode = job.request.settings.original;
    if (mode === 'drop' || !job.source.hasAudio) return premaster;
    const key = keyOf([soundKey(job), mode]);
    const target = this.#files.workPath(key, 'wav');
    if (this.#files.hasWork(key, 'wav')) return target;
    const partial = this.#files.partialPath(target);
    try {
      const args = mixArguments(job.source, premaster, mode, { path: partial, samples: job.samples, sampleRate: SAMPLE_RATE });
      await this.#film.run(args, job.samples / SAMPLE_RATE, options);
      await this.#files.publish(partial, target);
    } finally {
      await this.#files.discard(partial);
    }
    return target;
  }
}
