import { describe, expect, it } from 'vitest';

import type { MidiBinding } from '../../src-main/contract/documents/midi.ts';
import { learn, withBinding } from './midi-learn.ts';
import { parseMidi } from './midi-message.ts';
import type { MidiMessage } from './midi-message.ts';
import { matches, press, turn, untouched } from './midi-play.ts';
import type { KnobState } from './midi-play.ts';

const cc = (number: number, value: number, channel = 0): Extract<MidiMessage, { kind: 'cc' }> => ({ kind: 'cc', channel, number, value });
const knob: MidiBinding = { port: 'Pad', channel: 0, kind: 'cc', number: 7, target: 'param:bass_drive' };
const fine: MidiBinding = { ...knob, kind: 'cc14' };

describe('messages', () => {
  it('reads control changes and notes of every channel', () => {
    expect(parseMidi([0xb3, 7, 64])).toEqual({ kind: 'cc', channel: 3, number: 7, value: 64 });
    expect(parseMidi([0x9f, 60, 100])).toEqual({ kind: 'note', channel: 15, number: 60, isOn: true });
    expect(parseMidi([0x90, 60, 0])).toEqual({ kind: 'note', channel: 0, number: 60, isOn: false });
    expect(parseMidi([0x80, 60, 64])).toEqual({ kind: 'note', channel: 0, number: 60, isOn: false });
  });

  it('leaves out clocks, channel modes and broken messages', () => {
    for (const bytes of [[0xf8], [0xb0, 123, 0], [0xb0, 7], [0xe0, 0, 64], [0xb0, 200, 1]]) expect(parseMidi(bytes)).toBeNull();
  });
});

describe('learning', () => {
  const where = { port: 'Pad', target: 'param:bass_drive', nowMs: 0 };

  it('binds the first knob that is turned', () => {
    expect(learn(null, cc(7, 3), where)?.binding).toEqual(knob);
  });

  it('sees a pair of control changes as one of fourteen bits', () => {
    const high = learn(null, cc(7, 3), where);
    const low = learn(high, cc(39, 90), { ...where, nowMs: 5 });
    expect(low?.binding).toEqual(fine);
    expect(learn(low, cc(7, 4), { ...where, nowMs: 30 })?.binding).toEqual(fine);
  });

  it('takes a knob 32 numbers above for another one when it is turned later', () => {
    const first = learn(null, cc(7, 3), where);
    expect(learn(first, cc(39, 90), { ...where, nowMs: 900 })?.binding).toMatchObject({ kind: 'cc', number: 39 });
  });

  it('binds a key when it goes down, not when it is let go', () => {
    expect(learn(null, { kind: 'note', channel: 9, number: 36, isOn: false }, where)).toBeNull();
    expect(learn(null, { kind: 'note', channel: 9, number: 36, isOn: true }, where)?.binding).toMatchObject({ kind: 'note', number: 36, channel: 9 });
  });

  it('gives a control one knob and a knob one control', () => {
    const other = { ...knob, number: 8, target: 'param:bass_drive' };
    const again = { ...knob, target: 'scene:1' };
    expect(withBinding([knob], other)).toEqual([other]);
    expect(withBinding([knob], again)).toEqual([again]);
    expect(withBinding([{ ...knob, number: 39 }], { ...fine, target: 'scene:2' })).toHaveLength(1);
    expect(withBinding([{ ...knob, port: 'Other' }], { ...again })).toHaveLength(2);
  });
});

describe('playing', () => {
  /** Turns a knob through values over a control; @returns what was set. */
  function turned(binding: MidiBinding, messages: readonly MidiMessage[], start: number, moves: Readonly<Record<number, number>> = {}): number[] {
    let state: KnobState = untouched;
    let current = start;
    const set: number[] = [];
    messages.forEach((message, i) => {
      current = moves[i] ?? current;
      if (message.kind !== 'cc') return;
      const next = turn(state, binding, message, current);
      state = next.state;
      if (next.position === null) return;
      current = next.position;
      set.push(Math.round(next.position * 1000) / 1000);
    });
    return set;
  }

  it('takes nothing over before the knob has passed the value', () => {
    expect(turned(knob, [0, 20, 40, 60, 80, 100].map((value) => cc(7, value)), 0.5)).toEqual([0.63, 0.787]);
  });

  it('takes over at once near the value', () => {
    expect(turned(knob, [cc(7, 64), cc(7, 70)], 0.5)).toEqual([0.504, 0.551]);
  });

  it('lets go when something else moved the control', () => {
    expect(turned(knob, [64, 66, 68, 70, 30].map((value) => cc(7, value)), 0.5, { 2: 0.2 })).toEqual([0.504, 0.52]);
  });

  it('sets in 16384 steps by a pair', () => {
    expect(turned(fine, [cc(7, 64), cc(39, 0), cc(7, 64), cc(39, 64)], 0.5)).toEqual([0.5, 0.504]);
  });

  it('hears its own port, channel, kind and number only', () => {
    expect(matches(knob, cc(7, 1), 'Pad')).toBe(true);
    expect([matches(knob, cc(8, 1), 'Pad'), matches(knob, cc(7, 1, 1), 'Pad'), matches(knob, cc(7, 1), 'Other')]).toEqual([false, false, false]);
    expect([matches(fine, cc(39, 1), 'Pad'), matches({ ...knob, port: null }, cc(7, 1), 'Any')]).toEqual([true, true]);
    expect(matches({ ...knob, kind: 'note' }, cc(7, 1), 'Pad')).toBe(false);
  });

  it('presses once per push of a button, by note or control change', () => {
    let state: KnobState = untouched;
    const presses = [cc(7, 127), cc(7, 127), cc(7, 0), cc(7, 127)].map((message) => {
      const next = press(state, message);
      state = next.state;
      return next.isPressed;
    });
    expect(presses).toEqual([true, false, false, true]);
    expect(press(untouched, { kind: 'note', channel: 0, number: 1, isOn: true }).isPressed).toBe(true);
    expect(press(untouched, { kind: 'note', channel: 0, number: 1, isOn: false }).isPressed).toBe(false);
  });
});
