/**
 * The trace of a preview: what every mapping row read and wrote at the playhead. Layout [tick][column], columns
 * TRACE_HEADER, then input and output of each row, then every parameter (contract PreviewSchema).
 */
import { TRACE_HEADER } from '../../src-main/contract/documents/sonify.ts';

export interface PreviewTrace {
  readonly startS: number;
  readonly rateHz: number;
  readonly ticks: number;
  readonly columns: number;
  readonly values: Float32Array;
}

const FIRST_ROW_COLUMN = TRACE_HEADER.length;

/** Offset of the tick that holds at `timeS`, or null outside the trace. */
function tickOffset(trace: PreviewTrace, timeS: number): number | null {
  const tick = Math.floor((timeS - trace.startS) * trace.rateHz + 1e-6);
  return tick < 0 || tick >= trace.ticks ? null : tick * trace.columns;
}

export interface TraceReading {
  readonly bpm: number;
  readonly beat: number;
  readonly wobbleHz: number;
}

export function readClock(trace: PreviewTrace, timeS: number): TraceReading | null {
  const at = tickOffset(trace, timeS);
  if (at === null) return null;
  return { bpm: trace.values[at] ?? 0, beat: trace.values[at + 1] ?? 0, wobbleHz: trace.values[at + 2] ?? 0 };
}

/** Input and output of a row, by its place in the mapping's list of rows; null outside the trace. */
export function readRow(trace: PreviewTrace, row: number, timeS: number): { input: number; output: number } | null {
  const at = tickOffset(trace, timeS);
  const column = FIRST_ROW_COLUMN + row * 2;
  if (at === null || column + 1 >= trace.columns) return null;
  return { input: trace.values[at + column] ?? 0, output: trace.values[at + column + 1] ?? 0 };
}
