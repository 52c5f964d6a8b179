/**
 * The job behind a sonification: features → sound → loudness → film → verification → artifact. Each step leaves a file
 * under its key, so that a killed job goes on where it was; the final name is given last, after the check.
 */
import type { z } from 'zod';

import type { Artifact } from '../../contract/documents/artifact.ts';
import { type OutputFormat, type SonifyRequest, SonifyRequestSchema, type SonifyResult } from '../../contract/documents/sonify.ts';
import { AppError } from '../../contract/errors.ts';
import { SOUND_VERSION } from '../../contract/limits.ts';
import { parseRational, samplesOf, secondsOfFrames } from '../../contract/units.ts';
import { canCopyVideo, filmArguments, flacArguments, isFilmFormat, isLossless } from '../assembly/index.ts';
import type { Clock, NewId } from '../clock.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { loudnessReport } from './loudness-report.ts';
import type { ArtifactStore, FilmMaker, Progress, RunOptions, SonifyFeatures, SonifyMedia, SoundHost, WorkFiles } from './ports.ts';
import { type RenderedFiles, SAMPLE_RATE, SoundFiles, type SoundJob, soundKey } from './sound-files.ts';
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

/** Ceilings in dBTP: a lossy encoder adds to the peak of what it is given. */
const CEILING_DB = { lossless: -1, lossy: -1.6 };
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
    const { media, features } = this.#ports;
    const item = media.get(this.#payload.media_id);
    const path = media.pathOf(item.id);
    if (!item.probe.video) {
      throw new AppError('media-no-video', `${item.name} has no picture, so there is nothing to turn into sound.`, { hint: 'Choose a video.' });
    }
    const featuresKey = await features.ensure(item.id, this.#options(ANALYSE));
    this.#context.stage(ANALYSE, 1);
    const samples = Math.max(1, samplesOf(item.probe.duration_s, SAMPLE_RATE));
    const source = { path, demuxer: item.probe.demuxer, videoCodec: item.probe.video.codec, hasAudio: item.probe.audio !== null };
    return { request: this.#payload, featuresKey, samples, source };
  }

  async #finish(job: SoundJob, rendered: RenderedFiles): Promise<SonifyResult> {
    const { files } = this.#ports;
    const { format, loudness } = job.request.settings;
    const mixed = await this.#sound.mix(job, rendered.premaster, this.#options(LOUDNESS));
    const sound = files.partialPath(files.workPath(`${soundKey(job)}-master`, 'wav'), this.#context.job.id);
    const id = this.#ports.newId();
    const target = this.#payload.output?.path ?? files.artifactPath(id, format);
    const partial = files.partialPath(target, this.#context.job.id);
    try {
      const ceiling = isLossless(format) ? CEILING_DB.lossless : CEILING_DB.lossy;
      const mastered = await this.#ports.host.master(
        {
          source_path: mixed,
          target_path: sound,
          target_lufs: loudness,
          ceiling_db: ceiling,
          format: 's24',
          comment: this.#comment(),
          peaks_path: files.artifactPath(id, 'peaks'),
          samples: job.samples,
          sample_rate: SAMPLE_RATE,
        },
        this.#options(LOUDNESS),
      );
      this.#context.stage(LOUDNESS, 1);
      const report = loudnessReport(mastered, loudness);
      await this.#make(job, sound, partial);
      const verification = await this.#check(job, partial, report);
      const bytes = await files.publish(partial, target);
      const stems = await this.#publishStems(rendered);
      const artifact = this.#artifact(id, format === 'wav' || format === 'flac' ? 'audio' : 'film', format, bytes, job);
      this.#ports.artifacts.add({ ...artifact, verification }, target);
      const result: SonifyResult = {
        artifact_id: id,
        stem_artifact_ids: stems,
        duration_s: job.samples / SAMPLE_RATE,
        is_video_copied: isFilmFormat(format) && canCopyVideo(job.source.videoCodec, format),
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

  /** Writes the asked-for format to `partial`. */
  async #make(job: SoundJob, sound: string, partial: string): Promise<void> {
    const { format } = job.request.settings;
    const durationS = job.samples / SAMPLE_RATE;
    const comment = this.#comment();
    if (isFilmFormat(format)) {
      await this.#ports.film.run(filmArguments(job.source, sound, { path: partial, format, comment }), durationS, this.#options(MAKE));
    } else if (format === 'flac') {
      await this.#ports.film.run(flacArguments(sound, { path: partial, comment }), durationS, this.#options(MAKE));
    } else {
      await this.#ports.files.publish(sound, partial);
    }
    this.#context.stage(MAKE, 1);
  }

  async #check(job: SoundJob, partial: string, loudness: SonifyResult['loudness']) {
    const { film, media, features } = this.#ports;
    const { signal } = this.#context;
    const { format } = job.request.settings;
    const rate = parseRational(media.get(job.request.media_id).probe.video?.frame_rate ?? '');
    const facts = await film.inspect(partial, { signal, withLoudness: true });
    const isCopied = isFilmFormat(format) && canCopyVideo(job.source.videoCodec, format);
    const source = isCopied ? await film.inspect(job.source.path, { signal, withLoudness: false, demuxer: job.source.demuxer }) : null;
    const frames = isFilmFormat(format) ? (source?.video?.frames ?? features.frames(job.request.media_id)) : null;
    const verification = verify(facts, {
      durationS: job.samples / SAMPLE_RATE,
      frames,
      frameS: rate ? secondsOfFrames(1, rate) : 0.04,
      loudness,
    });
    this.#context.stage(CHECK, 1);
    const failed = verification.checks.filter((check) => !check.passed);
    for (const check of failed) this.#context.note(`${check.name}: expected ${check.expected}, measured ${check.measured}`);
    return verification;
  }

  async #publishStems(rendered: RenderedFiles): Promise<string[]> {
    const ids: string[] = [];
    for (const stem of rendered.stems) {
      const id = this.#ports.newId();
      const folder = this.#payload.output?.stems_folder ?? null;
      const target = folder === null ? this.#ports.files.artifactPath(id, 'wav') : `${folder}/${stem.name}.wav`;
      const partial = this.#ports.files.partialPath(target, this.#context.job.id);
      await this.#ports.files.copy(stem.path, partial);
      const bytes = await this.#ports.files.publish(partial, target);
      const base = this.#artifact(id, 'stem', 'wav', bytes, null);
      this.#ports.artifacts.add({ ...base, name: `${stem.name}.wav` }, target);
      ids.push(id);
    }
    return ids;
  }

  /** Provenance for the container's metadata: no paths, no personal data. */
  #comment(): string {
    const { mapping, seed } = this.#payload;
    return `Kinetone ${this.#ports.programVersion}; mapping ${mapping.id}; seed ${seed}; sound ${SOUND_VERSION}`;
  }

  #artifact(id: string, kind: Artifact['kind'], format: OutputFormat, bytes: number, job: SoundJob | null): Artifact {
    const { media, clock, programVersion } = this.#ports;
    const { mapping, seed, media_id, project_id } = this.#payload;
    const stem = media.get(media_id).name.replace(/\.[^.]+$/, '');
    return {
      id,
      kind,
      name: `${stem} - ${mapping.name}.${format}`,
      mime_type: MIME[format],
      size_bytes: bytes,
      duration_s: job ? job.samples / SAMPLE_RATE : null,
      media_id,
      project_id,
      job_id: this.#context.job.id,
      provenance: { program: `Kinetone ${programVersion}`, mapping: mapping.id, seed, sound_version: SOUND_VERSION },
      verification: null,
      created_at: new Date(clock.nowMs()).toISOString(),
    };
  }
}
