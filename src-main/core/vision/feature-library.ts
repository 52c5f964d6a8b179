/**
 * Features of media items as the other steps and the API see them: state, analysis on demand, frames, curves, chunks and
 * exports. What a series is keyed by, and which one is the present one, is decided here.
 */
import { frameOfRow } from '../../contract/documents/feature-frame.ts';
import type { FeatureFrame } from '../../contract/documents/feature-frame.ts';
import type { DerivedState, Probe } from '../../contract/documents/media-item.ts';
import { AppError } from '../../contract/errors.ts';
import type { FeatureChunk } from '../../contract/hosts/sound.ts';
import { VISION_VERSION } from '../../contract/limits.ts';
import type { FeatureSeries } from '../../contract/documents/session-features.ts';
import type { FeatureInfo } from '../../contract/operations/features.ts';
import type { Jobs } from '../jobs/job-handler.ts';
import { FeatureQueries } from './feature-queries.ts';
import { BLOCK_FRAMES } from './ports.ts';
import type { FeatureStates, SeriesRecord } from './ports.ts';
import { isAbandoned, runAnalysis, seriesKeyOf } from './run-analysis.ts';
import type { AnalysisOptions, AnalysisPorts } from './run-analysis.ts';

const LIVE = new Set(['pending', 'running']);

export interface FeatureLibraryPorts extends AnalysisPorts {
  /** The queue; a function, because the queue is made with this step's handlers. */
  readonly jobs: () => Jobs;
}

export class FeatureLibrary implements FeatureStates {
  readonly #ports: FeatureLibraryPorts;
  readonly #queries: FeatureQueries;

  constructor(ports: FeatureLibraryPorts, queries: FeatureQueries = new FeatureQueries(ports.blocks)) {
    this.#ports = ports;
    this.#queries = queries;
  }

  stateOf(identity: string, probe: Probe): DerivedState {
    if (!probe.video) return 'not-applicable';
    const series = this.#ports.blocks.find(seriesKeyOf(identity, '', probe));
    if (series?.isComplete) return 'ready';
    if (series && !isAbandoned(series, this.#ports.clock.nowMs())) return 'making';
    return this.#ports.blocks.list(identity).some((each) => each.isComplete) ? 'stale' : 'none';
  }

  /** @throws AppError 'media-not-found', 'media-no-video' */
  info(mediaId: string): FeatureInfo {
    const { identity, name, probe } = this.#ports.media.identityOf(mediaId);
    const key = seriesKeyOf(identity, name, probe);
    const series = this.#ports.blocks.find(key);
    return {
      state: this.stateOf(identity, probe),
      frames: series?.frames ?? 0,
      duration_s: series?.isComplete ? series.endS : probe.duration_s,
      raster_width: key.width,
      raster_height: key.height,
      algorithm_version: VISION_VERSION,
      job_id: this.#liveJob(mediaId),
    };
  }

  /** Queues the analysis unless it is done; a waiting or running one is found. */
  analyze(mediaId: string): { job_id: string | null; info: FeatureInfo } {
    const source = this.#ports.media.source(mediaId);
    const before = this.info(mediaId);
    if (before.state === 'ready') return { job_id: null, info: before };
    const job = this.#ports.jobs().enqueue({
      kind: 'analysis',
      title: `Analyse ${source.name}`,
      payload: { media_id: mediaId },
      priority: 10,
      dedupeKey: `analysis:${mediaId}`,
      mediaId,
    });
    return { job_id: job.id, info: { ...before, job_id: job.id } };
  }

  /** Key of the complete series, null while it is not complete. */
  readyKey(mediaId: string): string | null {
    const { identity, name, probe } = this.#ports.media.identityOf(mediaId);
    const key = seriesKeyOf(identity, name, probe);
    return this.#ports.blocks.find(key)?.isComplete ? keyText(key.identity, key.version, key.width, key.height) : null;
  }

  /** Analyses here and now what is not analysed yet: for a job that needs the features to go on. @returns readyKey */
  async ensure(mediaId: string, options: AnalysisOptions): Promise<string> {
    await runAnalysis(this.#ports, mediaId, options);
    const key = this.readyKey(mediaId);
    if (key === null) throw new AppError('features-missing', 'The features were removed while they were made.', { retryable: true });
    return key;
  }

  /** Frames stored so far. */
  frames(mediaId: string): number {
    return this.#series(mediaId)?.frames ?? 0;
  }

  /** Chunks of 1800 frames from 0 as rows and times; null after the last. */
  chunk(mediaId: string, index: number): FeatureChunk | null {
    const series = this.#series(mediaId);
    const first = index * BLOCK_FRAMES;
    if (!series || first >= series.frames) return null;
    return this.#queries.rows(series, first, first + BLOCK_FRAMES - 1);
  }

  /** The chunk that holds the frame shown at a time. */
  chunkIndexAt(mediaId: string, timeS: number): number {
    const series = this.#series(mediaId);
    return series ? Math.floor(this.#queries.frameAt(series, timeS) / BLOCK_FRAMES) : 0;
  }

  /** @throws AppError 'not-found' when that frame is not stored. */
  frame(mediaId: string, frame: number): FeatureFrame {
    const series = this.#require(mediaId);
    const { rows, timestamps } = this.#queries.rows(series, frame, frame);
    const [timestamp] = timestamps;
    if (timestamp === undefined) {
      throw new AppError('not-found', `Frame ${frame} is not there; ${series.frames} frames are stored.`, { hint: 'Frames are numbered from 0.' });
    }
    return frameOfRow(rows, timestamp);
  }

  series(mediaId: string, start: number, end: number, stride: number): FeatureSeries {
    const series = this.#series(mediaId);
    return series ? this.#queries.series(series, start, end, stride) : { frames: [], missing: [[start, end]] };
  }

  /** points × (min, max, mean) over [startS, endS); NaN where nothing is stored. */
  curve(mediaId: string, question: { column: number; startS: number; endS: number; points: number }): Float32Array {
    const series = this.#series(mediaId);
    if (!series) return new Float32Array(question.points * 3).fill(Number.NaN);
    return this.#queries.curve(series, question.column, question.startS, question.endS, question.points);
  }

  /** Rows of an inclusive range with their times. */
  rows(mediaId: string, first: number, last: number): FeatureChunk {
    return this.#queries.rows(this.#require(mediaId), first, last);
  }

  /** All chunks in order, read as they are asked for. @throws AppError 'features-missing' while the series is not complete. */
  chunks(mediaId: string): Iterable<FeatureChunk> {
    const series = this.#require(mediaId);
    if (!series.isComplete) throw missing();
    return this.#chunksOf(series);
  }

  /** Name of the film without its extension. */
  nameOf(mediaId: string): string {
    return this.#ports.media.identityOf(mediaId).name.replace(/\.[^.]{1,5}$/, '');
  }

  /** How well the cache of blocks does, for metrics. */
  cacheMeasures(): ReturnType<FeatureQueries['cacheMeasures']> {
    return this.#queries.cacheMeasures();
  }

  *#chunksOf(series: SeriesRecord): Generator<FeatureChunk> {
    for (let first = 0; first < series.frames; first += BLOCK_FRAMES) yield this.#queries.rows(series, first, first + BLOCK_FRAMES - 1);
  }

  #series(mediaId: string): SeriesRecord | null {
    const { identity, name, probe } = this.#ports.media.identityOf(mediaId);
    return this.#ports.blocks.find(seriesKeyOf(identity, name, probe));
  }

  #require(mediaId: string): SeriesRecord {
    const series = this.#series(mediaId);
    if (!series) throw missing();
    return series;
  }

  #liveJob(mediaId: string): string | null {
    const jobs = this.#ports.jobs().list({});
    return jobs.find((job) => job.kind === 'analysis' && job.media_id === mediaId && LIVE.has(job.state))?.id ?? null;
  }
}

function keyText(identity: string, version: number, width: number, height: number): string {
  return `${identity}/v${version}/${width}x${height}`;
}

function missing(): AppError {
  return new AppError('features-missing', 'This film is not analysed yet.', { hint: 'Analyse it first.' });
}
