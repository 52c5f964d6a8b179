/**
 * Controllers over Web MIDI: access is asked for once it is used, ports come and go, messages turn and press what they are
 * bound to, or teach a new binding while one learns. Bindings are kept in the settings.
 */
import { create } from 'zustand';

import type { MidiBinding } from '../../../src-main/contract/documents/midi.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { learn, withBinding } from '../../model/midi-learn.ts';
import type { Learned } from '../../model/midi-learn.ts';
import { parseMidi } from '../../model/midi-message.ts';
import type { MidiMessage } from '../../model/midi-message.ts';
import { matches, press, turn, untouched } from '../../model/midi-play.ts';
import type { KnobState } from '../../model/midi-play.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { controlOf } from './controls.ts';

export type MidiAccessState = 'unasked' | 'asking' | 'ready' | 'refused' | 'missing';

interface MidiState {
  readonly access: MidiAccessState;
  /** Names of the input ports that are connected. */
  readonly inputs: readonly string[];
  readonly isLearning: boolean;
  /** The control that the next message is bound to. */
  readonly target: string | null;
  /** The newest message in words, for finding out whether anything arrives. */
  readonly heard: string | null;
}

export const useMidi = create<MidiState>()(() => ({ access: 'unasked', inputs: [], isLearning: false, target: null, heard: null }));

const NO_BINDINGS: readonly MidiBinding[] = [];
export const useBindings = (): readonly MidiBinding[] => useSettings((state) => state.settings.midi ?? NO_BINDINGS);
const bindings = (): readonly MidiBinding[] => useSettings.getState().settings.midi ?? NO_BINDINGS;

const knobs = new Map<string, KnobState>();
let learned: Learned | null = null;

export const bindingKey = ({ port, channel, kind, number }: MidiBinding): string => `${port ?? ''}|${channel}|${kind}|${number}`;

function save(next: readonly MidiBinding[]): void {
  knobs.clear();
  attempt(useSettings.getState().change({ midi: [...next] }));
}

export function removeBinding(binding: MidiBinding): void {
  save(bindings().filter((own) => bindingKey(own) !== bindingKey(binding)));
}

export function setLearning(isLearning: boolean): void {
  learned = null;
  useMidi.setState({ isLearning, target: null });
  if (isLearning) attempt(askForAccess());
}

export function chooseTarget(target: string): void {
  learned = null;
  if (controlOf(target)) useMidi.setState({ target });
}

function teach(message: MidiMessage, port: string, target: string): void {
  const control = controlOf(target);
  const next = learn(learned, message, { port, target, nowMs: performance.now() });
  // A key presses; it cannot turn.
  if (!next || (control?.kind === 'turn' && next.binding.kind === 'note')) return;
  const isNew = learned === null || JSON.stringify(learned.binding) !== JSON.stringify(next.binding);
  learned = next;
  if (isNew) save(withBinding(bindings(), next.binding));
}

function play(binding: MidiBinding, message: MidiMessage): void {
  const control = controlOf(binding.target);
  const key = bindingKey(binding);
  const state = knobs.get(key) ?? untouched;
  if (control?.kind === 'press') {
    const next = press(state, message);
    knobs.set(key, next.state);
    if (next.isPressed) control.press();
  } else if (control?.kind === 'turn' && message.kind === 'cc') {
    const current = control.position();
    if (current === null) return;
    const next = turn(state, binding, message, current);
    knobs.set(key, next.state);
    if (next.position !== null) control.set(next.position);
  }
}

export function receive(bytes: ArrayLike<number>, port: string): void {
  const message = parseMidi(bytes);
  if (!message) return;
  const { isLearning, target } = useMidi.getState();
  const what = message.kind === 'note' ? en.live.midi.note(message.number) : en.live.midi.cc(message.number, message.value);
  useMidi.setState({ heard: en.live.midi.heard(port, message.channel + 1, what) });
  if (isLearning) {
    if (target !== null) teach(message, port, target);
    return;
  }
  for (const binding of bindings()) if (matches(binding, message, port)) play(binding, message);
}

function listen(access: MIDIAccess): void {
  const inputs = [...access.inputs.values()].filter((input) => input.state === 'connected');
  for (const input of inputs) input.onmidimessage = ({ data }) => (data ? receive(data, input.name ?? '') : undefined);
  useMidi.setState({ inputs: inputs.map((input) => input.name ?? input.id) });
}

/** Asks for access where it was not given yet; says in the store how that went. */
export async function askForAccess(): Promise<void> {
  const { access } = useMidi.getState();
  if (access === 'ready' || access === 'asking') return;
  if (typeof navigator.requestMIDIAccess !== 'function') {
    useMidi.setState({ access: 'missing' });
    return;
  }
  useMidi.setState({ access: 'asking' });
  try {
    const given = await navigator.requestMIDIAccess();
    given.onstatechange = () => listen(given);
    listen(given);
    useMidi.setState({ access: 'ready' });
  } catch {
    // A refusal is the user's answer, shown where it was asked.
    useMidi.setState({ access: 'refused' });
  }
}
