/** Values with their units as the studio writes them: fixed decimals per unit, so that numbers keep their width. */
import type { Unit } from '../../src-main/contract/documents/parameters.ts';

const MINUS = '\u2212';

/** A number with a real minus sign and a fixed count of decimals. */
export function fixed(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

export function db(value: number): string {
  return value <= -60 ? `${MINUS}∞ dB` : `${value > 0 ? '+' : ''}${fixed(value, 1)} dB`;
}

export function hz(value: number): string {
  if (value >= 10_000) return `${fixed(value / 1000, 1)} kHz`;
  if (value >= 1000) return `${fixed(value / 1000, 2)} kHz`;
  return value >= 100 ? `${fixed(value, 0)} Hz` : `${fixed(value, 2)} Hz`;
}

export function percent(fraction: number, decimals = 0): string {
  return `${fixed(fraction * 100, decimals)} %`;
}

export function pan(value: number): string {
  const amount = Math.round(Math.abs(value) * 100);
  return amount === 0 ? 'C' : `${amount} ${value < 0 ? 'L' : 'R'}`;
}

const BY_UNIT: Record<Unit, (value: number) => string> = {
  fraction: (value) => percent(value),
  hz,
  db,
  bpm: (value) => `${fixed(value, 0)} BPM`,
  semitones: (value) => `${fixed(value, 2)} st`,
  pan,
  ms: (value) => `${fixed(value, 0)} ms`,
  count: (value) => fixed(value, 1),
  octaves: (value) => `${fixed(value, 2)} oct`,
};

export function withUnit(value: number, unit: Unit): string {
  return BY_UNIT[unit](value);
}

/**
 * Reads a typed value with or without its unit: "1.2 kHz", "40 %", "-3dB", "12 L"; a decimal comma is a point.
 * @returns null when it is not a number
 */
export function parseWithUnit(text: string, unit: Unit): number | null {
  const clean = text.trim().replace(',', '.').replace(MINUS, '-').toLowerCase();
  if (unit === 'pan' && /^c(entre|enter)?$/.test(clean)) return 0;
  if (unit === 'db' && /^-\s*(∞|inf)/.test(clean)) return -60;
  const match = /^([+-]?\d*\.?\d+(?:e[+-]?\d+)?)\s*([a-z%]*)$/.exec(clean);
  if (!match) return null;
  const value = Number(match[1]);
  const suffix = match[2] ?? '';
  if (unit === 'fraction') return value / 100;
  if (unit === 'pan') return (suffix === 'l' ? -Math.abs(value) : value) / 100;
  if (unit === 'hz' && suffix.startsWith('k')) return value * 1000;
  if (unit === 'ms' && suffix === 's') return value * 1000;
  return value;
}

const SIZES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** 1.42 MB; decimal units, as file managers write them. */
export function fileSize(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? String(value) : fixed(value, value < 10 ? 2 : value < 100 ? 1 : 0)} ${SIZES[step] ?? ''}`;
}

/** A rational rate as people say it: 30000/1001 → "29.97 fps". */
export function frameRate(numerator: number, denominator: number): string {
  const value = numerator / denominator;
  return `${Number.isInteger(value) ? String(value) : value.toFixed(2)} fps`;
}
