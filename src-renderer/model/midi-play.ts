/**
 * What a message does to bound controls. A knob takes a value over softly: nothing jumps until it has passed the value
 * that is set. A button acts when it goes down.
 */
import type { MidiBinding } from '../../src-main/contract/documents/midi.ts';
import { LSB_OFFSET } from './midi-message.ts';
import type { MidiMessage } from './midi-message.ts';

const MOST_7 = 127;
const MOST_14 = 16_383;
/** This near to the set value a knob takes it over at once. */
const NEAR = 0.02;
/** The set value moved by something else by more than this: the knob has to find it again. */
const MOVED = 0.006;

export interface KnobState {
  /** Where the knob stood last, 0..1; null before it was touched. */
  readonly lastPosition: number | null;
  /** What it last set; null while it has not taken over. */
  readonly set: number | null;
  /** High half of a 14-bit value. */
  readonly msb: number;
}

export const untouched: KnobState = { lastPosition: null, set: null, msb: 0 };

export function matches(binding: MidiBinding, message: MidiMessage, port: string): boolean {
  if (binding.channel !== message.channel || (binding.port !== null && binding.port !== port)) return false;
  if (message.kind === 'note') return binding.kind === 'note' && binding.number === message.number;
  if (binding.kind === 'cc') return binding.number === message.number;
  return binding.kind === 'cc14' && (message.number === binding.number || message.number === binding.number + LSB_OFFSET);
}

/** The knob's own position after a message; null when only half of it is known. */
function positionOf(state: KnobState, binding: MidiBinding, value: number, isLowHalf: boolean): number | null {
  if (binding.kind === 'cc') return value / MOST_7;
  return isLowHalf ? (state.msb * 128 + value) / MOST_14 : null;
}

/**
 * A control that is turned.
 * @param current  where the control stands, 0..1
 * @returns the knob's new state, and the position to set; null when it has not met the value yet
 */
export function turn(state: KnobState, binding: MidiBinding, message: Extract<MidiMessage, { kind: 'cc' }>, current: number): { readonly state: KnobState; readonly position: number | null } {
  const isLowHalf = binding.kind === 'cc14' && message.number !== binding.number;
  const position = positionOf(state, binding, message.value, isLowHalf);
  if (position === null) return { state: { ...state, msb: message.value }, position: null };
  const isTaken = state.set !== null && Math.abs(state.set - current) <= MOVED;
  const hasPassed = state.lastPosition !== null && (state.lastPosition - current) * (position - current) <= 0;
  const takes = isTaken || hasPassed || Math.abs(position - current) <= NEAR;
  return { state: { ...state, lastPosition: position, set: takes ? position : null }, position: takes ? position : null };
}

/** A control that is pressed: a note on, or a control change that rises through its middle. */
export function press(state: KnobState, message: MidiMessage): { readonly state: KnobState; readonly isPressed: boolean } {
  if (message.kind === 'note') return { state, isPressed: message.isOn };
  const position = message.value / MOST_7;
  const wasDown = (state.lastPosition ?? 0) >= 0.5;
  return { state: { ...state, lastPosition: position }, isPressed: position >= 0.5 && !wasDown };
}
