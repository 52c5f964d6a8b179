/**
 * Host method `beats`: how much each moment of a song is a beat or a downbeat to BeatNet (Heydari et al., ISMIR 2021). The
 * sound is decoded at the model's rate, its features made natively, and the network fed in pieces that carry its state on.
 */
import { readFile } from 'node:fs/promises';

import { decodeSamples } from '../../adapters/ffmpeg/decode-samples.ts';
import { BEATNET_FEATURES, BEATNET_FILTERBANK_LENGTH, BEATNET_FRAMES_HZ, BEATNET_RATE_HZ, BeatNetFeatures } from '../../adapters/native/beatnet-features.ts';
import type { Network } from '../../adapters/onnx/network.ts';
import { BeatsInputSchema } from '../../contract/hosts/inference.ts';
import type { BeatActivations } from '../../contract/hosts/song.ts';
import { modelError } from '../../contract/text/en/models.ts';
import type { HostMethod } from '../../core/host.ts';
import { networkOf } from './networks.ts';

/** Frames fed at once: 20 s. */
const PIECE_FRAMES = 1000;
const STATE_SHAPE = [2, 1, 150] as const;
/** beat, downbeat, neither. */
const CLASSES = 3;

/** Activations of frames in order; the network's state goes from piece to piece. */
class Listener {
  readonly #network: Network;
  readonly #values: number[] = [];
  #waiting: Float32Array[] = [];
  #frames = 0;
  #state: { h: Float32Array; c: Float32Array } = { h: new Float32Array(300), c: new Float32Array(300) };

  constructor(network: Network) {
    this.#network = network;
  }

  async push(features: Float32Array, isLast: boolean): Promise<void> {
    // The features lie in memory that may be used again.
    this.#waiting.push(features.slice());
    this.#frames += features.length / BEATNET_FEATURES;
    if (this.#frames === 0 || (!isLast && this.#frames < PIECE_FRAMES)) return;
    const data = new Float32Array(this.#frames * BEATNET_FEATURES);
    this.#waiting.reduce((at, piece) => {
      data.set(piece, at);
      return at + piece.length;
    }, 0);
    const { probs, hn, cn } = await this.#network.run({
      features: { data, shape: [1, this.#frames, BEATNET_FEATURES] },
      h0: { data: this.#state.h, shape: STATE_SHAPE },
      c0: { data: this.#state.c, shape: STATE_SHAPE },
    });
    for (let at = 0; probs && at < probs.length; at += CLASSES) this.#values.push(probs[at] ?? 0, probs[at + 1] ?? 0);
    if (hn && cn) this.#state = { h: hn.slice(), c: cn.slice() };
    this.#waiting = [];
    this.#frames = 0;
  }

  values(): Float32Array<ArrayBuffer> {
    return Float32Array.from(this.#values);
  }
}

async function readFilterbank(path: string): Promise<Float32Array> {
  const bytes = await readFile(path);
  if (bytes.length !== BEATNET_FILTERBANK_LENGTH * 4) throw modelError('unusable', 'filterbank_136x705_f32le.bin', `it has ${bytes.length} bytes`);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

export const beatsMethod: HostMethod = async (raw, { signal, emit }): Promise<BeatActivations> => {
  const { programs, file, duration_s: durationS, network, filterbank, source } = BeatsInputSchema.parse(raw);
  const listener = new Listener(await networkOf(network));
  const features = new BeatNetFeatures(await readFilterbank(filterbank));
  let heard = 0;
  for await (const samples of decodeSamples({ launcher: programs, ffmpeg: programs.ffmpeg, file, sampleRate: BEATNET_RATE_HZ, channels: 1, signal })) {
    await listener.push(features.push(samples), false);
    signal.throwIfAborted();
    heard += samples.length;
    emit({ done: durationS > 0 ? Math.min(1, heard / BEATNET_RATE_HZ / durationS) : 0 });
  }
  await listener.push(features.finish(), true);
  return { rate_hz: BEATNET_FRAMES_HZ, start_s: 0, values: listener.values(), source };
};
