/** Where a value stands on its knob, linear or logarithmic, and back. Position 0 is the least value, 1 the most. */
import type { ParameterSpec } from '../../src-main/contract/documents/parameters.ts';

export type Scale = Pick<ParameterSpec, 'min' | 'max' | 'scale'>;

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export function positionOf(value: number, { min, max, scale }: Scale): number {
  const v = clamp(value, min, max);
  return scale === 'log' ? Math.log(v / min) / Math.log(max / min) : (v - min) / (max - min);
}

export function valueAt(position: number, { min, max, scale }: Scale): number {
  const p = clamp(position, 0, 1);
  return scale === 'log' ? min * (max / min) ** p : min + (max - min) * p;
}

/** A value a person would write: about three significant figures of the range. */
export function tidy(value: number, { min, max, scale }: Scale): number {
  const span = scale === 'log' ? Math.abs(value) : max - min;
  const step = 10 ** (Math.floor(Math.log10(Math.max(span, 1e-9))) - 3 + (scale === 'log' ? 1 : 0));
  return clamp(Number((Math.round(value / step) * step).toPrecision(12)), min, max);
}
