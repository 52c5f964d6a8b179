/** Time and identity as core sees them: injected, so that tests hold them still. */
export interface Clock {
  /** Milliseconds since the epoch. */
  nowMs(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A new random id: 20 characters of [a-z0-9]. */
export type NewId = () => string;
