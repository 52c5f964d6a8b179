/**
 * What sessions see: single frames through the eye, heard and stored; a film's stored series where the source is a film.
 * Pictures are passed on and never kept; each session has its own sequence, its own numbers and nothing of another's.
 */
import { type FeatureFrame, frameOfRow, rowOfFrame } from '../../../contract/documents/feature-frame.ts';
import type { AnalysisResult, FeatureSeries } from '../../../contract/documents/session-features.ts';
import { AppError } from '../../../contract/errors.ts';
import type { CameraRow } from '../../../contract/hosts/camera.ts';
import { ANALYSIS_PIXELS, MAX_SERIES_FRAMES } from '../../../contract/limits.ts';
import type { LiveSession } from './live-session.ts';
import { missingRuns } from './missing-runs.ts';
import { NewestOnly } from './newest-only.ts';
import type { LiveEye, LiveFeatures, SessionStore } from './ports.ts';

/** Ten hours of a camera at 30 frames a second, about 260 MB; the frames with the lowest numbers go first. */
export const MOST_SESSION_FRAMES = 1_080_000;

export interface CameraFrame {
  readonly frame: number;
  readonly width: number;
  readonly height: number;
  /** Capture time, seconds. */
  readonly timestampS: number;
  /** width*height*3/2: planar YUV 4:2:0, full range BT.601. */
  readonly planes: Uint8Array<ArrayBuffer>;
  readonly withOverlay: boolean;
  /** Whether a sounding camera session hears it. */
  readonly feeds: boolean;
}

export interface SessionVisionPorts {
  readonly sessions: { get(id: string): LiveSession };
  readonly eye: LiveEye;
  readonly store: SessionStore;
  readonly features: LiveFeatures;
  readonly mostFrames?: number;
}

interface Looking {
  readonly newest: NewestOnly;
  overlay: Uint8Array<ArrayBuffer> | null;
  /** Stored frames; null until counted. */
  frames: number | null;
}

export class SessionVision {
  readonly #ports: SessionVisionPorts;
  readonly #looking = new Map<string, Looking>();

  constructor(ports: SessionVisionPorts) {
    this.#ports = ports;
  }

  /**
   * Looks at one frame: `skipped` when a newer one overtook it. Features of a camera session are heard and stored.
   * @throws AppError 'session-not-found', 'input-invalid' for a size that does not fit, the retryable 'host-crashed'.
   */
  async analyzeFrame(id: string, frame: CameraFrame): Promise<AnalysisResult> {
    this.#ports.sessions.get(id);
    requireFit(frame);
    const looking = this.#of(id);
    const seen = await looking.newest.run(() => this.#look(id, frame));
    const features = seen && frameOfRow(seen, frame.timestampS);
    return { session_id: id, frame: frame.frame, outcome: features ? 'seen' : 'skipped', features, frames: this.#frames(id), job_id: null };
  }

  async #look(id: string, { frame, width, height, timestampS, planes, withOverlay, feeds }: CameraFrame): Promise<Float32Array> {
    const { row, overlay } = await this.#ports.eye.look({ session_id: id, frame, timestamp: timestampS, width, height, planes, with_overlay: withOverlay });
    // It may have been closed meanwhile: then nothing of it is stored again.
    const session = this.#ports.sessions.get(id);
    if (overlay) this.#of(id).overlay = new Uint8Array(overlay);
    if (session.document.source.kind !== 'camera') return row;
    // A device that takes nothing more drops the row; the frame was seen all the same.
    const heard = feeds ? session.see(new Float32Array(row)).catch(() => undefined) : null;
    this.#put(id, frame, timestampS, row);
    await heard;
    return row;
  }

  /**
   * Looks through a camera of this machine, and hears and stores what it sees, until it ends or the signal aborts.
   * @throws AppError 'session-not-found', 'session-features-read-only', 'camera-failed', 'ffmpeg-missing'; AbortError
   */
  async watchCamera(id: string, camera: string | null, signal: AbortSignal): Promise<{ frames: number }> {
    this.#cameraSession(id);
    const closed = new AbortController();
    const onRow = ({ frame, timestamp, row }: CameraRow): void => {
      try {
        void this.#cameraSession(id).see(new Float32Array(row)).catch(() => undefined);
        this.#put(id, frame, timestamp, row);
      } catch (error) {
        // The session was closed, or the disk is full: nobody looks any longer.
        closed.abort(error);
      }
    };
    return this.#ports.eye.watch(camera, { signal: AbortSignal.any([signal, closed.signal]), onRow });
  }

  /** Flow and edges of the newest frame looked at with an overlay. @throws AppError 'not-found' */
  overlay(id: string): Uint8Array<ArrayBuffer> {
    this.#ports.sessions.get(id);
    const overlay = this.#looking.get(id)?.overlay;
    if (!overlay) throw new AppError('not-found', 'No frame of this session was looked at with an overlay.', { hint: 'Send a frame with overlay=1 first.' });
    return overlay;
  }

  /** Makes a film the session's source, and begins to analyse it. @throws AppError 'media-not-found', 'media-no-video' */
  async analyzeVideo(id: string, mediaId: string): Promise<AnalysisResult> {
    const session = this.#ports.sessions.get(id);
    const { job_id: jobId } = this.#ports.features.analyze(mediaId);
    const { source } = session.document;
    if (source.kind !== 'media' || source.media_id !== mediaId) await session.setSource({ kind: 'media', media_id: mediaId });
    return { session_id: id, frame: null, outcome: jobId === null ? 'ready' : 'queued', features: null, frames: this.#frames(id), job_id: jobId };
  }

  /** @throws AppError 'session-not-found', 'session-features-read-only' */
  async store(id: string, frame: number, features: FeatureFrame, feeds: boolean): Promise<void> {
    const session = this.#cameraSession(id);
    const row = rowOfFrame(features);
    this.#put(id, frame, features.timestamp, row);
    if (feeds) await session.see(row as Float32Array<ArrayBuffer>);
  }

  /** @throws AppError 'session-not-found', 'not-found' when exactly this frame is not stored; 'features-missing' of a film. */
  features(id: string, frame: number): FeatureFrame {
    const { source } = this.#ports.sessions.get(id).document;
    if (source.kind === 'media') return this.#ports.features.frame(source.media_id, frame);
    const stored = this.#ports.store.frame(id, frame);
    if (!stored) throw new AppError('not-found', `Frame ${frame} is not stored in this session.`, { details: { frame } });
    return frameOfRow(stored.row, stored.timestampS);
  }

  /** Inclusive and in order, with the runs that are missing. @throws AppError 'session-not-found', 'request-too-large', 'input-invalid' */
  series(id: string, start: number, end: number): FeatureSeries {
    const { source } = this.#ports.sessions.get(id).document;
    if (end < start) throw new AppError('input-invalid', `The last frame (${end}) comes before the first (${start}).`);
    if (source.kind === 'media') {
      const stored = this.#ports.features.frames(source.media_id);
      requireFew(Math.max(0, Math.min(end, stored - 1) - start + 1));
      return this.#ports.features.series(source.media_id, start, end, 1);
    }
    const stored = this.#ports.store.frames(id, start, end, MAX_SERIES_FRAMES + 1);
    requireFew(stored.length);
    const frames = stored.map(({ frame, row, timestampS }) => ({ frame, features: frameOfRow(row, timestampS) }));
    return { frames, missing: missingRuns(frames.map(({ frame }) => frame), start, end) };
  }

  /** The session is over. */
  forget(id: string): void {
    this.#looking.delete(id);
    this.#ports.eye.forget(id);
  }

  #cameraSession(id: string): LiveSession {
    const session = this.#ports.sessions.get(id);
    if (session.document.source.kind === 'camera') return session;
    throw new AppError('session-features-read-only', 'The features of this session are those of its film.', { hint: 'Use a session whose source is the camera.' });
  }

  #put(id: string, frame: number, timestampS: number, row: Float32Array): void {
    const { store, mostFrames = MOST_SESSION_FRAMES } = this.#ports;
    const looking = this.#of(id);
    const isNew = store.frame(id, frame) === null;
    const before = looking.frames ?? store.countFrames(id);
    store.putFrame(id, { frame, timestampS, row });
    looking.frames = before + (isNew ? 1 : 0);
    if (looking.frames <= mostFrames) return;
    store.dropFirstFrame(id);
    looking.frames -= 1;
  }

  #frames(id: string): number {
    const { source } = this.#ports.sessions.get(id).document;
    if (source.kind === 'media') return this.#ports.features.frames(source.media_id);
    const looking = this.#of(id);
    looking.frames ??= this.#ports.store.countFrames(id);
    return looking.frames;
  }

  #of(id: string): Looking {
    const known = this.#looking.get(id);
    if (known) return known;
    const looking: Looking = { newest: new NewestOnly(), overlay: null, frames: null };
    this.#looking.set(id, looking);
    return looking;
  }
}

function requireFit({ width, height, planes }: CameraFrame): void {
  if (width * height > ANALYSIS_PIXELS) {
    throw new AppError('input-invalid', `A frame has at most ${ANALYSIS_PIXELS} pixels; ${width} × ${height} has ${width * height}.`, { hint: 'Average it down to the area of 640 × 360.' });
  }
  const expected = (width * height * 3) / 2;
  if (planes.byteLength !== expected) {
    throw new AppError('input-invalid', `A frame of ${width} × ${height} has ${expected} bytes (planar I420); got ${planes.byteLength}.`);
  }
}

function requireFew(count: number): void {
  if (count > MAX_SERIES_FRAMES) throw new AppError('request-too-large', `At most ${MAX_SERIES_FRAMES} frames come in one answer.`, { hint: 'Ask for a part.' });
}
