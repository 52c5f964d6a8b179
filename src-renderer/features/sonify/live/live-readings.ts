/** What the newest reading of the live session says, in the form meters, bars and words take. */
import type { LiveFrame } from '../../../../src-main/contract/documents/session.ts';
import { VOICES, parameterIds } from '../../../../src-main/contract/documents/parameters.ts';
import type { ParameterId, Voice } from '../../../../src-main/contract/documents/parameters.ts';
import { db, fixed, hz, percent } from '../../../model/format.ts';
import { barAndBeat } from '../../../model/timecode.ts';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';

/** The reading while live is what is heard; null otherwise. */
export function liveFrame(): LiveFrame | null {
  return usePlayer.getState().output === 'live' && player.live.isSounding ? player.live.frame : null;
}

const amplitude = (levelDb: number | null | undefined): number => (levelDb == null ? 0 : 10 ** (levelDb / 20));

/** Peaks of left and right, 0..1: live where it plays, else of the page's own sound. */
export function readMaster(): readonly number[] {
  const frame = liveFrame();
  if (frame) return frame.peak_db.map(amplitude);
  const { left, right } = player.output.levels();
  return [left, right];
}

/** What the ceiling of live sound lowers the -1 dBTP of a preview to, as a factor. */
export function liveCeiling(): number {
  return liveFrame() ? amplitude((player.live.session?.ceiling_db ?? -1) + 1) : 1;
}

/** Peak of a voice's strip, 0..1. */
export function readStrip(voice: Voice): readonly number[] {
  return [amplitude(liveFrame()?.strip_peak_db[VOICES.indexOf(voice)])];
}

export function readRow(rowId: string): { readonly input: number; readonly output: number } | null {
  const frame = liveFrame();
  const place = player.live.session?.mapping.rows.findIndex((row) => row.id === rowId) ?? -1;
  const input = frame?.inputs[place];
  const output = frame?.outputs[place];
  return input === undefined || output === undefined ? null : { input, output };
}

export function readParameter(id: ParameterId): number | null {
  return liveFrame()?.parameters[parameterIds.indexOf(id)] ?? null;
}

const NONE = '–';
export const lufsText = (value: number | null | undefined): string => (value == null ? NONE : fixed(value, 1));
export const barText = (): string => {
  const frame = liveFrame();
  return frame ? barAndBeat(frame.bar * 4 + frame.beat) : NONE;
};
export const bpmText = (): string => {
  const frame = liveFrame();
  return frame ? fixed(frame.bpm, 0) : NONE;
};
export const wobbleText = (): string => {
  const frame = liveFrame();
  return frame ? hz(frame.wobble_hz) : NONE;
};
export const loadText = (): string => {
  const frame = liveFrame();
  return frame ? percent(frame.load, 1) : NONE;
};
export const gapsText = (): string => String(liveFrame()?.underruns ?? 0);
export const shortTermText = (): string => lufsText(liveFrame()?.short_term_lufs);
export const integratedText = (): string => lufsText(liveFrame()?.integrated_lufs);
export const rmsText = (): string => {
  const [left, right] = liveFrame()?.rms_db ?? [null, null];
  return left === null && right === null ? NONE : db(Math.max(left ?? -60, right ?? -60));
};
