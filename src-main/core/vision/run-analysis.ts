/**
 * One analysis from file to stored series. An interrupted one is begun anew: what the eye keeps between frames (the order
 * of colours, the frames before) is not stored, and rows must be the same as without the interruption.
 */
import { VISION_VERSION } from '../../contract/limits.ts';
import { AppError } from '../../contract/errors.ts';
import { AnalyzeOutputSchema, FeatureRowsSchema } from '../../contract/hosts/analysis.ts';
import type { AnalyzeInput } from '../../contract/hosts/analysis.ts';
import type { Probe } from '../../contract/documents/media-item.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { Clock } from '../clock.ts';
import type { EventSink } from '../event-sink.ts';
import type { HostCaller } from '../host.ts';
import { analysisRaster } from './raster.ts';
import { SeriesWriter } from './series-writer.ts';
import type { AnalysisMedia, FeatureBlocks, FindPrograms, SeriesKey, SeriesRecord, VideoSource } from './ports.ts';

export interface AnalysisPorts {
  readonly media: AnalysisMedia;
  readonly blocks: FeatureBlocks;
  readonly host: HostCaller;
  readonly programs: FindPrograms;
  readonly events: EventSink;
  readonly clock: Clock;
}

export interface AnalysisProgress {
  /** 0..1 */
  readonly done: number;
  /** Multiple of real time. */
  readonly speed: number;
  /** Seconds it still takes. */
  readonly etaS: number;
}

export interface AnalysisOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: AnalysisProgress) => void;
  /** Something worth keeping in the log. */
  readonly onNote?: (line: string) => void;
}

export interface AnalysisResult {
  readonly frames: number;
  readonly duration_s: number;
}

/** Key of the series this program makes of a content. @throws AppError 'media-no-video' */
export function seriesKeyOf(identity: string, name: string, probe: Probe): SeriesKey {
  const { video } = probe;
  if (!video) throw mediaError('noVideo', name, probe.audio ? 'it is sound only' : 'it has no video track');
  return { identity, version: VISION_VERSION, ...analysisRaster(video.display_width, video.display_height) };
}

/** A running analysis writes twice a second. */
const ABANDONED_MS = 60_000;

/** Whether an unfinished series was left behind by a process that is gone. */
export function isAbandoned(series: SeriesRecord, nowMs: number): boolean {
  return !series.isComplete && nowMs - series.updatedMs > ABANDONED_MS;
}

/** Pace of an analysis: how much of the film is done, how fast, how long it still takes. */
function progressOf(untilS: number, durationS: number, elapsedMs: number): AnalysisProgress {
  const speed = elapsedMs > 0 ? untilS / (elapsedMs / 1000) : 0;
  const done = durationS > 0 ? Math.min(1, untilS / durationS) : 0;
  return { done, speed, etaS: speed > 0 ? Math.max(0, durationS - untilS) / speed : 0 };
}

/**
 * End of the last frame: the container's duration where it lies just behind the last frame, else one more distance of the
 * last two frames (a truncated file states more than it holds).
 */
export function endOfSeries(lastS: number, guessedEndS: number, containerS: number): number {
  const isStated = containerS > lastS && containerS - lastS <= 2 * Math.max(guessedEndS - lastS, 0.05);
  return isStated ? containerS : guessedEndS;
}

function inputOf(source: VideoSource, key: SeriesKey, programs: AnalyzeInput['programs']): AnalyzeInput {
  const file = { path: source.path, demuxer: source.probe.demuxer, name: source.name };
  return { programs, file, width: key.width, height: key.height };
}

/**
 * Analyses a film and stores its series; the frames are readable as they arrive.
 * @throws AppError 'media-no-video', 'media-missing', 'media-unreadable', 'ffmpeg-missing', 'disk-full', the retryable
 *   'host-crashed'; AbortError. Nothing of an unfinished series stays.
 */
export async function runAnalysis(ports: AnalysisPorts, mediaId: string, options: AnalysisOptions): Promise<AnalysisResult> {
  const source = ports.media.source(mediaId);
  const key = seriesKeyOf(source.identity, source.name, source.probe);
  const done = ports.blocks.find(key);
  if (done?.isComplete) return { frames: done.frames, duration_s: done.endS };

  const programs = await ports.programs();
  for (const left of ports.blocks.list(source.identity)) if (isAbandoned(left, ports.clock.nowMs())) ports.blocks.remove(left.id);
  const writer = new SeriesWriter(ports.blocks, key, ports.clock);
  const startedMs = ports.clock.nowMs();
  let failure: unknown = null;
  const stop = new AbortController();
  let lastS = 0;
  const onEvent = (event: unknown): void => {
    if (failure !== null) return;
    try {
      const rows = FeatureRowsSchema.parse(event);
      writer.append(rows);
      lastS = rows.timestamps.at(-1) ?? lastS;
      ports.events.rate({ type: 'features-grew', topic: 'features', media_id: mediaId, frames: writer.frames, until_s: lastS });
      options.onProgress?.(progressOf(lastS, source.probe.duration_s, ports.clock.nowMs() - startedMs));
    } catch (error) {
      failure = error;
      stop.abort();
    }
  };
  try {
    const signal = AbortSignal.any([options.signal, stop.signal]);
    const output = AnalyzeOutputSchema.parse(await ports.host.call('analyze', inputOf(source, key, programs), { signal, onEvent }));
    if (failure !== null) throw failure;
    if (output.frames !== writer.frames) throw new AppError('internal', `${output.frames} frames were analysed and ${writer.frames} arrived.`);
    const endS = endOfSeries(lastS, output.end_s, source.probe.duration_s);
    writer.finish(endS);
    if (output.complaint !== null) options.onNote?.(`FFmpeg: ${output.complaint}`);
    if (endS < source.probe.duration_s - 0.5) options.onNote?.(`The picture ends at ${endS.toFixed(1)} s; the file states ${source.probe.duration_s.toFixed(1)} s.`);
    return { frames: output.frames, duration_s: endS };
  } catch (error) {
    discardQuietly(writer);
    throw failure ?? error;
  } finally {
    ports.media.changed(mediaId);
  }
}

/** On a full disk even removing may fail; the series is not complete and the next analysis removes it. */
function discardQuietly(writer: SeriesWriter): void {
  try {
    writer.discard();
  } catch {
    // The error that ended the analysis is the one to tell.
  }
}
