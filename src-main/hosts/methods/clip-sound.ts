/** Host method `clipSound`: decodes the sound of a clip, at most its first ten minutes, and answers its embedding. */
import { decodeSamples } from '../../adapters/ffmpeg/decode-samples.ts';
import { CLIP_SOUND_RATE, clipSound } from '../../adapters/native/clip-sound.ts';
import { ClipSoundInputSchema, type ClipSoundOutput } from '../../contract/hosts/clip-sound.ts';
import type { HostMethod } from '../../core/host.ts';

const MOST_SAMPLES = CLIP_SOUND_RATE * 600;

export const clipSoundMethod: HostMethod = async (input, { signal }): Promise<ClipSoundOutput> => {
  const { programs, file } = ClipSoundInputSchema.parse(input);
  const pieces: Float32Array[] = [];
  let count = 0;
  for await (const piece of decodeSamples({ launcher: programs, ffmpeg: programs.ffmpeg, file, sampleRate: CLIP_SOUND_RATE, channels: 1, signal })) {
    pieces.push(piece.slice());
    count += piece.length;
    if (count >= MOST_SAMPLES) break;
  }
  const samples = new Float32Array(count);
  let at = 0;
  for (const piece of pieces) {
    samples.set(piece, at);
    at += piece.length;
  }
  return { vector: await clipSound(samples) };
};
