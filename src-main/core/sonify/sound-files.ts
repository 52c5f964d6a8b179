/**
 * The sound of one sonification as files: premaster and stems rendered once per key, the film's own sound laid under,
 * loudness set. Each finished file outlives a killed process; nothing is rendered twice.
 */
import { AppError } from '../../contract/errors.ts';
import type { RenderInput } from '../../contract/hosts/sound.ts';
import { cutArguments, mixArguments } from '../assembly/index.ts';
import { compileMapping } from './mapping/index.ts';
import type { FilmMaker, RunOptions, SoundHost, WorkFiles } from './ports.ts';
import type { MappedSound, SoundJob } from './sound-job.ts';

export const SAMPLE_RATE = 48_000;
export const STEM_NAMES = ['bass', 'rhythm', 'atmosphere'] as const;

export interface RenderedFiles {
  readonly premaster: string;
  readonly stems: readonly { name: (typeof STEM_NAMES)[number]; path: string }[];
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

  /** Premaster and, where asked for, stems. Cost: about 1/100 of its length. */
  async render(job: SoundJob, options: RunOptions): Promise<RenderedFiles> {
    const names = job.settings.stems ? STEM_NAMES : [];
    const stems = names.map((name) => ({ name, path: this.#files.workPath(`${job.key}-${name}`, 'wav') }));
    const recorded = wholeRecording(job);
    if (recorded !== null && stems.length === 0) return { premaster: recorded, stems };
    const premaster = this.#files.workPath(job.key, 'wav');
    if (this.#files.hasWork(job.key, 'wav')) return { premaster, stems };
    await this.#files.requireSpace(premaster, job.samples * 8 * (1 + stems.length));
    const partials = [...stems.map((stem) => stem.path), premaster].map((path) => this.#files.partialPath(path));
    try {
      await this.#make(job, partials, options);
      // The premaster is named last: it stands for its stems.
      for (const [index, path] of [...stems.map((stem) => stem.path), premaster].entries()) {
        await this.#files.publish(partials[index] ?? '', path);
      }
    } finally {
      for (const partial of partials) await this.#files.discard(partial);
    }
    return { premaster, stems };
  }

  /** Fills the partial files: stems where there are four, the premaster last. */
  async #make(job: SoundJob, partials: readonly string[], options: RunOptions): Promise<void> {
    const { sound, samples, sampleRate } = job;
    const [first = '', second = '', third = ''] = partials;
    const premaster_path = partials.at(-1) ?? '';
    const stem_paths: [string, string, string] | null = job.settings.stems ? [first, second, third] : null;
    if (sound.kind === 'mapped') return this.#fromMapping(sound, job, { premaster_path, stem_paths }, options);
    const { recording, firstSample } = sound;
    // What was heard is what is exported, also where a newer engine would sound different.
    const cut = recording && cutArguments(recording.path, { path: premaster_path, firstSample: firstSample - recording.firstSample, samples });
    if (stem_paths !== null || cut === null) {
      await this.#host.replay({ events_path: sound.eventsPath, first_sample: firstSample, samples, premaster_path, stem_paths, sample_rate: sampleRate }, options);
    }
    if (cut) await this.#film.run(cut, samples / sampleRate, options);
  }

  async #fromMapping(sound: MappedSound, { samples, sampleRate }: SoundJob, paths: Pick<RenderInput, 'premaster_path' | 'stem_paths'>, options: RunOptions): Promise<void> {
    const { has_faulted: hasFaulted } = await this.#host.render(
      {
        mapping: compileMapping(sound.mapping) as unknown as Record<string, unknown>,
        seed: sound.seed,
        sample_rate: sampleRate,
        start_sample: 0,
        skip_samples: 0,
        samples,
        media_id: sound.mediaId,
        first_chunk: 0,
        ...paths,
        trace_hz: 0,
      },
      options,
    );
    if (!hasFaulted) return;
    throw new AppError('mapping-invalid', `${sound.mapping.name} makes the sound engine run out of numbers.`, { hint: 'Bring the output ranges of its rows back to sensible values.' });
  }

  /** The premaster with the film's own sound under it, or the premaster itself when there is none to keep. */
  async mix(job: SoundJob, premaster: string, options: RunOptions & { onCommand?: (program: string, args: readonly string[]) => void }): Promise<string> {
    const mode = job.settings.original;
    if (mode === 'drop' || job.film?.hasAudio !== true) return premaster;
    const key = `${job.key}-${mode}`;
    const target = this.#files.workPath(key, 'wav');
    if (this.#files.hasWork(key, 'wav')) return target;
    const partial = this.#files.partialPath(target);
    try {
      const args = mixArguments(job.film, premaster, mode, { path: partial, samples: job.samples, sampleRate: job.sampleRate });
      await this.#film.run(args, job.samples / job.sampleRate, options);
      await this.#files.publish(partial, target);
    } finally {
      await this.#files.discard(partial);
    }
    return target;
  }
}

/** The recorded sound itself, where all of it is wanted. */
function wholeRecording({ sound, samples }: SoundJob): string | null {
  if (sound.kind !== 'performed' || sound.recording === null) return null;
  const { path, firstSample, samples: recorded } = sound.recording;
  return firstSample === sound.firstSample && recorded === samples ? path : null;
}
