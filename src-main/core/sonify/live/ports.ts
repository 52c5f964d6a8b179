/** What live sessions need from the outside. */
import type { MediaItem } from '../../../contract/documents/media-item.ts';
import type { LiveCommand, PlayEvent, PlayInput, Recorded } from '../../../contract/hosts/live.ts';
import type { Performance } from '../../../contract/documents/session.ts';

/** The audio host. */
export interface LiveHost {
  /** Sounds until the signal aborts. Rejects with AbortError then, with the retryable 'host-crashed' when the host ended. */
  play(input: PlayInput, options: { signal: AbortSignal; onEvent: (event: PlayEvent) => void }): Promise<void>;
  command(sessionId: string, command: LiveCommand): Promise<unknown>;
  stopRecording(sessionId: string, eventsPath: string): Promise<Recorded>;
}

/** Features of films as far as they are known. */
export interface LiveFeatures {
  /** Begins to analyse what is not analysed. */
  analyze(mediaId: string): unknown;
}

export interface LiveMedia {
  /** @throws AppError 'media-not-found' */
  get(id: string): MediaItem;
}

/** Where a recording goes: files by name while it is made, then artifacts. */
export interface Recordings {
  /** Paths to write sound and events to. */
  begin(sessionId: string): { audioPath: string; eventsPath: string };
  /** Takes both files in as artifacts, of the project where there is one. */
  keep(take: { sessionId: string; projectId: string | null; mediaId: string | null; seed: number; recorded: Recorded }): Promise<Performance>;
  discard(sessionId: string): Promise<void>;
}
