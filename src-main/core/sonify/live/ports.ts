/** What live sessions need from the outside. */
import type { FeatureFrame } from '../../../contract/documents/feature-frame.ts';
import type { FeatureSeries } from '../../../contract/documents/session-features.ts';
import type { MediaItem } from '../../../contract/documents/media-item.ts';
import type { LiveCommand, PlayEvent, PlayInput, Recorded } from '../../../contract/hosts/live.ts';
import type { CameraRow } from '../../../contract/hosts/camera.ts';
import type { LookInput, LookOutput } from '../../../contract/hosts/look.ts';
import type { Performance, Session } from '../../../contract/documents/session.ts';

/** The audio host. */
export interface LiveHost {
  /** Sounds until the signal aborts. Rejects with AbortError then, with the retryable 'host-crashed' when the host ended. */
  play(input: PlayInput, options: { signal: AbortSignal; onEvent: (event: PlayEvent) => void }): Promise<void>;
  command(sessionId: string, command: LiveCommand): Promise<unknown>;
  stopRecording(sessionId: string, eventsPath: string): Promise<Recorded>;
}

/** Features of films as far as they are known. */
export interface LiveFeatures {
  /** Begins to analyse what is not analysed; the job, null when there is nothing to do. */
  analyze(mediaId: string): { job_id: string | null };
  /** Frames stored so far. */
  frames(mediaId: string): number;
  /** @throws AppError 'not-found', 'features-missing' */
  frame(mediaId: string, frame: number): FeatureFrame;
  series(mediaId: string, start: number, end: number, stride: number): FeatureSeries;
}

export interface LiveMedia {
  /** @throws AppError 'media-not-found' */
  get(id: string): MediaItem;
}

export interface RecordingPaths {
  readonly audioPath: string;
  readonly peaksPath: string;
  readonly eventsPath: string;
}

/** Where a recording goes: files by name while it is made, then artifacts. */
export interface Recordings {
  /** Paths to write sound, waveform and events to. */
  begin(sessionId: string): RecordingPaths;
  /** Takes both files in as artifacts, of the project where there is one. */
  keep(take: { sessionId: string; projectId: string | null; mediaId: string | null; seed: number; recorded: Recorded }): Promise<Performance>;
  discard(sessionId: string): Promise<void>;
}

/** The eye for single frames: one sequence per session. */
export interface LiveEye {
  /** @throws AppError the retryable 'host-crashed' and 'host-timeout'; the session is then begun anew with its next frame. */
  look(input: LookInput): Promise<LookOutput>;
  /** Looks through a camera of this machine until it ends or the signal aborts. @throws AppError 'camera-failed', 'ffmpeg-missing'; AbortError */
  watch(camera: string | null, options: { signal: AbortSignal; onRow: (row: CameraRow) => void }): Promise<{ frames: number }>;
  /** The session is over. */
  forget(sessionId: string): void;
}

/** One frame's features as they are stored. */
export interface StoredFrame {
  readonly frame: number;
  readonly timestampS: number;
  /** 53 floats, feature-layout.ts */
  readonly row: Float32Array;
}

/** Sessions and what they saw, beyond the process. */
export interface SessionStore {
  /** Every stored session; one that this program cannot read is left out. */
  list(): Session[];
  /** Stores it, in place of what is stored under its id. */
  save(session: Session): void;
  /** It is gone at once, and what it saw. */
  remove(id: string): void;
  /** Stores a frame in place of what is stored under its number. */
  putFrame(sessionId: string, frame: StoredFrame): void;
  frame(sessionId: string, frame: number): StoredFrame | null;
  /** Frames `first` to `last`, inclusive, by number; the first `most` of them. */
  frames(sessionId: string, first: number, last: number, most: number): StoredFrame[];
  countFrames(sessionId: string): number;
  /** Removes the stored frame with the lowest number. */
  dropFirstFrame(sessionId: string): void;
}
