/**
 * Learning a binding from what a controller sends: the first message makes it; a control change whose low half follows at
 * once becomes a 14-bit pair; a second binding of one control replaces the first.
 */
import type { MidiBinding } from '../../src-main/contract/documents/midi.ts';
import { MOST_BINDINGS } from '../../src-main/contract/documents/midi.ts';
import { LSB_OFFSET, isMsb } from './midi-message.ts';
import type { MidiMessage } from './midi-message.ts';

/** The low half of a pair comes within this time of the high one. */
const PAIR_MS = 60;

export interface Learned {
  readonly binding: MidiBinding;
  readonly atMs: number;
}

/**
 * @param before  what the same gesture has taught so far
 * @returns the binding as it is known now; null when the message teaches nothing
 */
export function learn(before: Learned | null, message: MidiMessage, where: { readonly port: string; readonly target: string; readonly nowMs: number }): Learned | null {
  const { port, target, nowMs } = where;
  if (message.kind === 'note') {
    if (!message.isOn) return null;
    return { binding: { port, channel: message.channel, kind: 'note', number: message.number, target }, atMs: nowMs };
  }
  const isLowHalf =
    before?.binding.kind === 'cc' &&
    before.binding.target === target &&
    before.binding.channel === message.channel &&
    isMsb(before.binding.number) &&
    message.number === before.binding.number + LSB_OFFSET &&
    nowMs - before.atMs <= PAIR_MS;
  if (isLowHalf) return { binding: { ...before.binding, kind: 'cc14' }, atMs: nowMs };
  const isKnown =
    before?.binding.kind === 'cc14' &&
    before.binding.target === target &&
    before.binding.channel === message.channel &&
    (message.number === before.binding.number || message.number === before.binding.number + LSB_OFFSET);
  if (isKnown) return { binding: before.binding, atMs: nowMs };
  return { binding: { port, channel: message.channel, kind: 'cc', number: message.number, target }, atMs: nowMs };
}

const numbersOf = ({ kind, number }: MidiBinding): readonly number[] => (kind === 'cc14' ? [number, number + LSB_OFFSET] : [number]);

/** Whether two bindings listen to one message. */
function overlap(a: MidiBinding, b: MidiBinding): boolean {
  const isSamePlace = a.channel === b.channel && (a.port === null || b.port === null || a.port === b.port);
  return isSamePlace && (a.kind === 'note') === (b.kind === 'note') && numbersOf(a).some((number) => numbersOf(b).includes(number));
}

/** The bindings with a new one: what its knob did before, and what turned its control before, go. */
export function withBinding(bindings: readonly MidiBinding[], added: MidiBinding): MidiBinding[] {
  const rest = bindings.filter((own) => own.target !== added.target && !overlap(own, added));
  return [...rest, added].slice(-MOST_BINDINGS);
}
