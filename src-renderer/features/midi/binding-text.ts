/** A binding's message in words: "Launch Control · channel 1 · CC 21". */
import type { MidiBinding } from '../../../src-main/contract/documents/midi.ts';
import { en } from '../../../src-main/contract/text/en.ts';

const say = en.live.midi;

export function bindingText({ port, channel, kind, number }: MidiBinding): string {
  return [port ?? say.anyPort, say.channel(channel + 1), say.kind[kind](number)].join(' · ');
}
