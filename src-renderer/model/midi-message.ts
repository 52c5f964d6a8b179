/** MIDI channel messages a controller sends while it is played: control changes and notes (MIDI 1.0, channel voice messages). */
export type MidiMessage =
  | { readonly kind: 'cc'; readonly channel: number; readonly number: number; readonly value: number }
  | { readonly kind: 'note'; readonly channel: number; readonly number: number; readonly isOn: boolean };

/** @returns null for what is neither a control change nor a note; a note on of velocity 0 is a note off */
export function parseMidi(bytes: ArrayLike<number>): MidiMessage | null {
  const [status = 0, number = 0, value = 0] = Array.from(bytes);
  if (bytes.length < 3 || number > 127 || value > 127) return null;
  const channel = status & 0x0f;
  switch (status & 0xf0) {
    case 0xb0:
      // 120..127 are channel mode messages (all sound off, …), not knobs.
      return number >= 120 ? null : { kind: 'cc', channel, number, value };
    case 0x90:
      return { kind: 'note', channel, number, isOn: value > 0 };
    case 0x80:
      return { kind: 'note', channel, number, isOn: false };
    default:
      return null;
  }
}

/** Control changes 0..31 may have their low seven bits 32 numbers above. */
export const LSB_OFFSET = 32;
export const isMsb = (number: number): boolean => number < LSB_OFFSET;
