/** When an attempt that failed is tried again: after 5, 10 and 20 s, three times, and only where that can help. */
import type { AppError } from '../../contract/errors.ts';

const BACKOFF_MS = [5000, 10_000, 20_000] as const;

/** The first try and one more after each pause. */
export const MAX_ATTEMPTS = 1 + BACKOFF_MS.length;

/**
 * How often a job may be interrupted by the death of its process and still be taken up again, at once and without an
 * attempt spent. Bounded, so that a job that kills the program does not do so at every start.
 */
export const MAX_INTERRUPTIONS = 10;

/**
 * @param attempt  the attempt that just failed, from 1, interrupted ones not counted
 * @returns the pause in milliseconds, or null when the job has failed for good.
 */
export function retryPauseMs(error: AppError, attempt: number): number | null {
  return error.retryable ? (BACKOFF_MS[attempt - 1] ?? null) : null;
}
