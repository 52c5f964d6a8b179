/** The three stems of a block apart. */
const CHANNELS = 2;
const STEMS = 3;

/** @param stems  6 × frames, interleaved. @returns one interleaved stereo array each: bass, rhythm, atmosphere */
export function splitStems(stems: Float32Array, frames: number): Float32Array[] {
  return Array.from({ length: STEMS }, (_, stem) => {
    const out = new Float32Array(frames * CHANNELS);
    for (let frame = 0; frame < frames; frame += 1) {
      out[frame * 2] = stems[frame * STEMS * CHANNELS + stem * 2] ?? 0;
      out[frame * 2 + 1] = stems[frame * STEMS * CHANNELS + stem * 2 + 1] ?? 0;
    }
    return out;
  });
}
