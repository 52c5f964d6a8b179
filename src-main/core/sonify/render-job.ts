/**
 * The job behind a sonification: features → sound → loudness → film → verification → artifact. Each step leaves a file
 * under its key, so that a killed job goes on where it was; the final name is given last, after the check.
 */
import type { z } from 'zod';

import type { Artifact } from '../../contract/documents/artifact.ts';
import { type OutputFormat, type SonifyRequest, SonifyRequestSchema, type SonifyResult } from '../../contract/documents/sonify.ts';
import { AppError } from '../../contract/errors.ts';
import type { MasterOutput } from '../../contract/hosts/sound.ts';
import { SOUND_VERSION } from '../../contract/limits.ts';
import { parseRational, secondsOfFrames } from '../../contract/units.ts';
import { copiesVideo, encodedUnderPeak, filmArguments, flacArguments, isFilmFormat, isLossless, loudnessReport } from '../assembly/index.ts';
import type { Clock, NewId } from '../clock.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { ArtifactStore, FilmFacts, FilmMaker, Progress, RunOptions, SonifyFeatures, SonifyMedia, SoundHost, WorkFiles } from './ports.ts';
import { soundJobOf } from './render-source.ts';
import { type RenderedFiles, SoundFiles } from './sound-files.ts';
import type { SoundJob } from './sound-job.ts';
import { verify } from './verify.ts';

/** `output` holds paths that are already granted. */
export type SonifyPayload = SonifyRequest;

export interface SonifyPorts {
  readonly media: SonifyMedia;
  readonly features: SonifyFeatures;
  readonly host: SoundHost;
  readonly film: FilmMaker;
  readonly files: WorkFiles;
  readonly artifacts: ArtifactStore;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly programVersion: string;
  /** Puts a finished result into its project. */
  onResult(payload: SonifyPayload, result: SonifyResult): void;
}

const STAGES = [
  { name: 'Analysing the picture', weight: 0.4 },
  { name: 'Rendering the sound', weight: 0.2 },
  { name: 'Setting the loudness', weight: 0.15 },
  { name: 'Making the file', weight: 0.2 },
  { name: 'Checking the file', weight: 0.05 },
] as const;
const [ANALYSE, RENDER, LOUDNESS, MAKE, CHECK] = STAGES.map((stage) => stage.name) as [string, string, string, string, string];

const MIME: Record<OutputFormat, string> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  wav: 'audio/wav',
  flac: 'audio/flac',
};

export function sonifyHandler(ports: SonifyPorts): JobHandler<SonifyPayload, SonifyResult> {
  return {
    kind: 'sonify',
    payload: SonifyRequestSchema as z.ZodType<SonifyPayload>,
    stages: STAGES,
    lane: 'heavy',
    run: (payload, context) => new SonifyRun(ports, payload, context).run(),
  };
}

class SonifyRun {
  readonly #ports: SonifyPorts;
  readonly #payload: SonifyPayload;
  readonly #context: JobContext;
  readonly #sound: SoundFiles;

  constructor(ports: SonifyPorts, payload: SonifyPayload, context: JobContext) {
    this.#ports = ports;
    this.#payload = payload;
    this.#context = context;
    this.#sound = new SoundFiles(ports);
  }

  #options(stage: string): RunOptions & { onCommand: (program: string, args: readonly string[]) => void } {
    return {
      signal: this.#context.signal,
      onProgress: ({ done, speed }: Progress) => this.#context.stage(stage, done, speed === undefined ? {} : { speed }),
      onCommand: (program, args) => this.#context.command(program, args),
    };
  }

  async run(): Promise<SonifyResult> {
    const job = await this.#prepare();
    const rendered = await this.#sound.render(job, this.#options(RENDER));
    this.#context.stage(RENDER, 1);
    return this.#finish(job, rendered);
  }

  async #prepare(): Promise<SoundJob> {
    const job = await soundJobOf(this.#ports, this.#payload, this.#options(ANALYSE));
    this.#context.stage(ANALYSE, 1);
    return job;
  }

  async #finish(job: SoundJob, rendered: RenderedFiles): Promise<SonifyResult> {
    const { files } = this.#ports;
    const { format, loudness } = job.settings;
    const mixed = await this.#sound.mix(job, rendered.premaster, this.#options(LOUDNESS));
    const sound = files.partialPath(files.workPath(`${job.key}-master`, 'wav'), this.#context.job.id);
    const id = this.#ports.newId();
    const target = this.#payload.output?.path ?? files.artifactPath(id, format);
    const partial = files.partialPath(target, this.#context.job.id);
    try {
      const peaks = files.artifactPath(id, 'peaks');
      const { report, facts } = await encodedUnderPeak(isLossless(format) ? 'lossless' : 'lossy', async (ceilingDb) => {
        const mastered = await this.#master(job, { source: mixed, target: sound, peaks, ceilingDb });
        await this.#make(job, sound, partial);
        const made = await this.#ports.film.inspect(partial, { signal: this.#context.signal, withLoudness: true });
        return { truePeakDb: made.audio?.truePeakDb ?? null, result: { report: loudnessReport(mastered, loudness), facts: made } };
      });
      const verification = await this.#check(job, facts, report);
      const bytes = await files.publish(partial, target);
      const stems = await this.#publishStems(rendered, job);
      const artifact = this.#artifact(id, format === 'wav' || format === 'flac' ? 'audio' : 'film', format, bytes, job);
      this.#ports.artifacts.add({ ...artifact, verification }, target);
      const result: SonifyResult = {
        artifact_id: id,
        stem_artifact_ids: stems,
        duration_s: job.samples / job.sampleRate,
        is_video_copied: isFilmFormat(format) && job.film !== null && copiesVideo(job.film, format),
        loudness: report,
        verification,
      };
      this.#ports.onResult(this.#payload, result);
      await files.trim(this.#ports.clock.nowMs());
      return result;
    } finally {
      await files.discard(partial);
      await files.discard(sound);
      if (this.#ports.artifacts.get(id) === null) await files.discard(files.artifactPath(id, 'peaks'));
    }
  }

  async #master(job: SoundJob, { source, target, peaks, ceilingDb }: { source: string; target: string; peaks: string; ceilingDb: number }): Promise<MasterOutput> {
    const { settings, samples, sampleRate } = job;
    const input = { source_path: source, target_path: target, target_lufs: settings.loudness, ceiling_db: ceilingDb, format: 's24' as const, comment: this.#comment(job), peaks_path: peaks };
    const mastered = await this.#ports.host.master({ ...input, samples, sample_rate: sampleRate }, this.#options(LOUDNESS));
    this.#context.stage(LOUDNESS, 1);
    return mastered;
  }

  /** Writes the asked-for format to `partial`. */
  async #make(job: SoundJob, sound: string, partial: string): Promise<void> {
    const { format } = job.settings;
    const durationS = job.samples / job.sampleRate;
    const comment = this.#comment(job);
    if (isFilmFormat(format)) {
      if (job.film === null) throw new AppError('internal', 'There is no film to lay this sound under.');
      await this.#ports.film.run(filmArguments(job.film, sound, { path: partial, format, comment }), durationS, this.#options(MAKE));
    } else if (format === 'flac') {
      await this.#ports.film.run(flacArguments(sound, { path: partial, comment }), durationS, this.#options(MAKE));
    } else {
      await this.#ports.files.publish(sound, partial);
    }
    this.#context.stage(MAKE, 1);
  }

  async #check(job: SoundJob, facts: FilmFacts, loudness: SonifyResult['loudness']) {
    const { film, media, features } = this.#ports;
    const { signal } = this.#context;
    const { format } = job.settings;
    const rate = parseRational(job.mediaId === null ? '' : (media.get(job.mediaId).probe.video?.frame_rate ?? ''));
    const isCopied = isFilmFormat(format) && job.film !== null && copiesVideo(job.film, format);
    const source = isCopied && job.film ? await film.inspect(job.film.path, { signal, withLoudness: false, demuxer: job.film.demuxer }) : null;
    const whole = (): number | null => source?.video?.frames ?? (job.mediaId === null ? null : features.frames(job.mediaId));
    const frames = isFilmFormat(format) ? (job.pictures ?? whole()) : null;
    const verification = verify(facts, {
      durationS: job.samples / job.sampleRate,
      frames,
      frameS: rate ? secondsOfFrames(1, rate) : 0.04,
      loudness,
    });
    this.#context.stage(CHECK, 1);
    const failed = verification.checks.filter((check) => !check.passed);
    for (const check of failed) this.#context.note(`${check.name}: expected ${check.expected}, measured ${check.measured}`);
    return verification;
  }

  async #publishStems(rendered: RenderedFiles, job: SoundJob): Promise<string[]> {
    const ids: string[] = [];
    for (const stem of rendered.stems) {
      const id = this.#ports.newId();
      const folder = this.#payload.output?.stems_folder ?? null;
      const target = folder === null ? this.#ports.files.artifactPath(id, 'wav') : `${folder}/${stem.name}.wav`;
      const partial = this.#ports.files.partialPath(target, this.#context.job.id);
      await this.#ports.files.copy(stem.path, partial);
      const bytes = await this.#ports.files.publish(partial, target);
      const base = this.#artifact(id, 'stem', 'wav', bytes, job);
      this.#ports.artifacts.add({ ...base, name: `${stem.name}.wav`, duration_s: null }, target);
      ids.push(id);
    }
    return ids;
  }

  /** Provenance for the container's metadata: no paths, no personal data. */
  #comment({ origin }: SoundJob): string {
    return `Kinetone ${this.#ports.programVersion}; ${origin}; sound ${SOUND_VERSION}`;
  }

  #artifact(id: string, kind: Artifact['kind'], format: OutputFormat, bytes: number, job: SoundJob): Artifact {
    const { clock, programVersion } = this.#ports;
    return {
      id,
      kind,
      name: `${job.name}.${format}`,
      mime_type: MIME[format],
      size_bytes: bytes,
      duration_s: job.samples / job.sampleRate,
      media_id: job.mediaId,
      project_id: this.#payload.project_id,
      job_id: this.#context.job.id,
      provenance: { program: `Kinetone ${programVersion}`, ...job.provenance },
      verification: null,
      created_at: new Date(clock.nowMs()).toISOString(),
    };
  }
}
