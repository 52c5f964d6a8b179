/** Bindings of MIDI controllers to what they turn: a message of a device on one side, a control of the studio on the other. */
import { z } from 'zod';

export const MOST_BINDINGS = 256;

export const MidiBindingSchema = z.object({
  /** Name of the input port; null takes the message from any. */
  port: z.string().max(200).nullable(),
  /** 0..15 */
  channel: z.number().int().min(0).max(15),
  /** `cc`: 7 bits; `cc14`: the pair (number, number + 32), 14 bits; `note`: pressed or not. */
  kind: z.enum(['cc', 'cc14', 'note']),
  number: z.number().int().min(0).max(127),
  /** Which control: `param:bass_drive`, `strip:bass:gain_db`, `master:gain_db`, `scene:1`, `command:play.toggle`. */
  target: z.string().min(1).max(120),
});
export type MidiBinding = z.infer<typeof MidiBindingSchema>;
