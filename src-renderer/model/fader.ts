/** Fader law: the upper three quarters hold -18 to +12 dB, where mixing happens; 0 dB stands at 0.7. */
export function faderPosition(gainDb: number): number {
  return gainDb >= -18 ? 0.25 + ((gainDb + 18) / 30) * 0.75 : ((gainDb + 60) / 42) * 0.25;
}

export function faderGain(position: number): number {
  const gainDb = position >= 0.25 ? ((position - 0.25) / 0.75) * 30 - 18 : (position / 0.25) * 42 - 60;
  return Math.round(gainDb * 10) / 10;
}
