/**
 * SuperCollider's scsynth as the synthesis peer, without its language: synth definitions and a score are written as bytes and
 * rendered in non-realtime mode. Sources: SuperCollider's "Synth Definition File Format" (version 2) and "Server Command
 * Reference"; Open Sound Control 1.0.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { timeCommand } from './time-command.ts';

const [CONTROL_RATE, AUDIO_RATE] = [1, 2];
const MULTIPLY = 2;

/** An input of a unit: a constant, or another unit's first output by its place. */
type Input = number | { readonly unit: number };

interface Unit {
  readonly name: string;
  readonly rate: number;
  readonly inputs: readonly Input[];
  readonly outputs: number;
  readonly special?: number;
}

export type PeerVoice = 'wobble' | 'percussion' | 'pad';

const unit = (name: string, rate: number, inputs: readonly Input[], special = 0): Unit => ({ name, rate, inputs, outputs: name === 'Out' ? 0 : 1, special });
const from = (place: number): Input => ({ unit: place });

/** Each voice's graph; unit 0 is the voice's frequency in Hz, so that no two voices are the same. */
const GRAPHS: Record<PeerVoice, readonly Unit[]> = {
  // Saw -> resonant low-pass moved by a sine of 4 Hz at control rate.
  wobble: [
    unit('Control', CONTROL_RATE, []),
    unit('Saw', AUDIO_RATE, [from(0)]),
    unit('SinOsc', CONTROL_RATE, [4, 0]),
    unit('MulAdd', CONTROL_RATE, [from(2), 700, 1000]),
    unit('RLPF', AUDIO_RATE, [from(1), from(3), 0.3]),
    unit('BinaryOpUGen', AUDIO_RATE, [from(4), 0.01], MULTIPLY),
    unit('Out', AUDIO_RATE, [0, from(5)]),
  ],
  // Noise -> band-pass -> a decaying envelope, struck four times a second.
  percussion: [
    unit('Control', CONTROL_RATE, []),
    unit('WhiteNoise', AUDIO_RATE, []),
    unit('BPF', AUDIO_RATE, [from(1), from(0), 0.7]),
    unit('Impulse', CONTROL_RATE, [4, 0]),
    unit('Decay2', CONTROL_RATE, [from(3), 0.002, 0.3]),
    unit('BinaryOpUGen', AUDIO_RATE, [from(2), from(4)], MULTIPLY),
    unit('Out', AUDIO_RATE, [0, from(5)]),
  ],
  // Three detuned saws -> low-pass.
  pad: [
    unit('Control', CONTROL_RATE, []),
    unit('BinaryOpUGen', CONTROL_RATE, [from(0), 1.006], MULTIPLY),
    unit('BinaryOpUGen', CONTROL_RATE, [from(0), 0.995], MULTIPLY),
    unit('Saw', AUDIO_RATE, [from(0)]),
    unit('Saw', AUDIO_RATE, [from(1)]),
    unit('Saw', AUDIO_RATE, [from(2)]),
    unit('Sum3', AUDIO_RATE, [from(3), from(4), from(5)]),
    unit('RLPF', AUDIO_RATE, [from(6), 1800, 0.9]),
    unit('BinaryOpUGen', AUDIO_RATE, [from(7), 0.01], MULTIPLY),
    unit('Out', AUDIO_RATE, [0, from(8)]),
  ],
};

/** As the bench's own voices. */
const FREQUENCY_HZ: Record<PeerVoice, (v: number) => number> = {
  wobble: (v) => 55 + 3.1 * (v % 16),
  percussion: (v) => 900 + 20 * v,
  pad: (v) => 440 * 2 ** ((45 + 2.4 * (v % 16) - 69) / 12),
};

const int8 = (value: number): Buffer => Buffer.from([value & 0xff]);
const int16 = (value: number): Buffer => Buffer.from([(value >> 8) & 0xff, value & 0xff]);
const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const float32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatBE(value);
  return bytes;
};
const pascalString = (text: string): Buffer => Buffer.concat([int8(text.length), Buffer.from(text, 'latin1')]);

/** A synth definition file with one definition of one parameter, `freq`. */
function synthDefinition(name: string, units: readonly Unit[]): Buffer {
  const constants = [...new Set(units.flatMap(({ inputs }) => inputs.filter((input) => typeof input === 'number')))];
  const inputBytes = (input: Input): Buffer => (typeof input === 'number' ? Buffer.concat([int32(-1), int32(constants.indexOf(input))]) : Buffer.concat([int32(input.unit), int32(0)]));
  const unitBytes = ({ name: kind, rate, inputs, outputs, special = 0 }: Unit): Buffer =>
    Buffer.concat([pascalString(kind), int8(rate), int32(inputs.length), int32(outputs), int16(special), ...inputs.map(inputBytes), ...(outputs === 1 ? [int8(rate)] : [])]);
  return Buffer.concat([
    Buffer.from('SCgf', 'latin1'), int32(2), int16(1), pascalString(name),
    int32(constants.length), ...constants.map(float32),
    int32(1), float32(220), int32(1), pascalString('freq'), int32(0),
    int32(units.length), ...units.map(unitBytes), int16(0),
  ]);
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
const oscString = (text: string): Buffer => padded(Buffer.from(`${text}\0`, 'latin1'));
const message = (address: string, tags: string, ...values: readonly Buffer[]): Buffer => Buffer.concat([oscString(address), oscString(`,${tags}`), ...values]);

function bundle(seconds: number, messages: readonly Buffer[]): Buffer {
  const body = Buffer.concat([oscString('#bundle'), int32(seconds), int32(0), ...messages.flatMap((one) => [int32(one.length), one])]);
  return Buffer.concat([int32(body.length), body]);
}

function score(voice: PeerVoice, voices: number, seconds: number): Buffer {
  const definition = synthDefinition(voice, GRAPHS[voice]);
  const receive = message('/d_recv', 'b', int32(definition.length), padded(definition));
  const starts = Array.from({ length: voices }, (_, v) => message('/s_new', 'siiisf', oscString(voice), int32(1000 + v), int32(0), int32(0), oscString('freq'), float32(FREQUENCY_HZ[voice](v))));
  return Buffer.concat([bundle(0, [receive]), bundle(0, starts), bundle(seconds, [message('/c_set', 'if', int32(0), float32(0))])]);
}

/** CPU seconds scsynth takes for `seconds` of that many voices at 48 kHz; start-up and writing the file included. @throws where scsynth fails. */
export function peerSeconds(folder: string, voice: PeerVoice, voices: number, seconds: number): number {
  const file = join(folder, `${voice}-${String(voices)}.osc`);
  writeFileSync(file, score(voice, voices, seconds));
  return timeCommand('scsynth', ['-N', file, '_', join(folder, 'peer.wav'), '48000', 'WAV', 'float', '-o', '1']).cpuS;
}
