/**
 * Time as people read it, from integer frames: HH:MM:SS:FF at the film's own rate (non-drop), and shorter forms.
 * Figures keep their width, so nothing moves while time runs.
 */
import { framesOf, secondsOfFrames } from '../../src-main/contract/units.ts';
import type { Rational } from '../../src-main/contract/units.ts';

const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');

/** `00:01:23:11`; the frame number counts the nominal rate (29.97 counts 30). */
export function timecode(timeS: number, rate: Rational): string {
  const nominal = Math.max(1, Math.round(rate.numerator / rate.denominator));
  // The half frame of tolerance keeps a time computed from a frame number on that frame.
  const frame = Math.max(0, Math.floor((timeS * rate.numerator) / rate.denominator + 1e-6));
  const seconds = Math.floor(frame / nominal);
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}:${two(frame % nominal)}`;
}

/** `1:23.4`, for labels and tooltips; hours only when there are some. */
export function clock(timeS: number, decimals = 0): string {
  const scale = 10 ** decimals;
  const units = Math.round(Math.max(0, timeS) * scale);
  const whole = Math.floor(units / scale);
  const fraction = decimals === 0 ? '' : `.${String(units % scale).padStart(decimals, '0')}`;
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}${fraction}` : `${m}:${two(s)}${fraction}`;
}

/** The start of the frame on screen at `timeS`, moved by `frames`; never before 0. */
export function steppedByFrames(timeS: number, frames: number, rate: Rational): number {
  const current = Math.floor((timeS * rate.numerator) / rate.denominator + 1e-3);
  return secondsOfFrames(Math.max(0, current + frames), rate);
}

/** The nearest frame border. */
export function onFrame(timeS: number, rate: Rational): number {
  return secondsOfFrames(framesOf(timeS, rate), rate);
}

/**
 * Reads what a person types into the time field: `83.5`, `1:23`, `1:02:03`, `00:01:23:11`.
 * @returns seconds, or null when it is not a time
 */
export function parseTime(text: string, rate: Rational): number | null {
  const parts = text.trim().replace(',', '.').split(':');
  if (parts.length > 4 || parts.some((part) => !/^\d+(\.\d+)?$/.test(part))) return null;
  const numbers = parts.map(Number);
  const frames = numbers.length === 4 ? (numbers.pop() ?? 0) : 0;
  return numbers.reduce((sum, value) => sum * 60 + value, 0) + (frames * rate.denominator) / rate.numerator;
}

/** Bar and beat in four-four time from a count of beats: 165.25 → "42.2". */
export function barAndBeat(beats: number): string {
  const whole = Math.max(0, Math.floor(beats + 1e-6));
  return `${Math.floor(whole / 4) + 1}.${(whole % 4) + 1}`;
}
