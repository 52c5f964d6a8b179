/**
 * The trace of a preview: what every mapping row and parameter did at the playhead. Layout [tick][column]: TRACE_HEADER,
 * input (0..1) and output (parameter's unit) of each row, then every parameter in table order.
 */
import { parameterIds } from '../../src-main/contract/documents/parameters.ts';
import type { ParameterId } from '../../src-main/contract/documents/parameters.ts';
import { TRACE_HEADER } from '../../src-main/contract/documents/sonify.ts';

export interface PreviewTrace {
  readonly startS: number;
  readonly rateHz: number;
  readonly ticks: number;
  readonly columns: number;
  readonly values: Float32Array;
}

/** Offset of the tick that holds at `timeS`, or null outside the trace. */
function tickOffset(trace: PreviewTrace, timeS: number): number | null {
  const tick = Math.floor((timeS - trace.startS) * trace.rateHz + 1e-6);
  return tick < 0 || tick >= trace.ticks ? null : tick * trace.columns;
}

/** A column of the header, or null outside the trace. */
export function readHeader(trace: PreviewTrace, name: (typeof TRACE_HEADER)[number], timeS: number): number | null {
  const at = tickOffset(trace, timeS);
  return at === null ? null : (trace.values[at + TRACE_HEADER.indexOf(name)] ?? null);
}

/** Input and output of a row, by its place in the mapping's list of rows; null outside the trace. */
export function readRow(trace: PreviewTrace, row: number, timeS: number): { input: number; output: number } | null {
  const at = tickOffset(trace, timeS);
  const rows = (trace.columns - TRACE_HEADER.length - parameterIds.length) / 2;
  if (at === null || row < 0 || row >= rows) return null;
  const column = at + TRACE_HEADER.length + row * 2;
  return { input: trace.values[column] ?? 0, output: trace.values[column + 1] ?? 0 };
}

/** A parameter's value in its unit; null outside the trace. */
export function readParameter(trace: PreviewTrace, id: ParameterId, timeS: number): number | null {
  const at = tickOffset(trace, timeS);
  return at === null
    ? null
    : (trace.values[at + trace.columns - parameterIds.length + parameterIds.indexOf(id)] ?? null);
}
