/** Beats per minute in a description: "120 bpm", "around 120 bpm", "between 100 and 120 bpm", "over 130 bpm". Pure. */
const NUMBER = String.raw`(\d{2,3}(?:\.\d{1,2})?)`;
const UNIT = String.raw`\s*(?:bpm|beats?\s+(?:per|a)\s+minute)\b`;
const BETWEEN = new RegExp(`(?:between|from)?\\s*${NUMBER}\\s*(?:-|–|to|and)\\s*${NUMBER}${UNIT}`, 'i');
const BEYOND = new RegExp(`(over|above|at least|more than|faster than|under|below|at most|less than|slower than|up to)\\s*${NUMBER}${UNIT}`, 'i');
const ALONE = new RegExp(`${NUMBER}${UNIT}`, 'i');
const [SLOWEST, FASTEST] = [20, 400];
/** "120 bpm" is met by a song within this. */
const NEAR = 0.04;

export interface TempoWish {
  readonly bpm: readonly [number, number];
  readonly said: string;
  readonly from: number;
  readonly to: number;
}

export function tempoWish(text: string): TempoWish | null {
  const between = BETWEEN.exec(text);
  if (between) return wish(between, [Number(between[1]), Number(between[2])]);
  const beyond = BEYOND.exec(text);
  if (beyond) {
    const value = Number(beyond[2]);
    return wish(beyond, /over|above|least|more|faster/i.test(beyond[1] ?? '') ? [value, FASTEST] : [SLOWEST, value]);
  }
  const alone = ALONE.exec(text);
  return alone && wish(alone, [Number(alone[1]) * (1 - NEAR), Number(alone[1]) * (1 + NEAR)]);
}

function wish(match: RegExpExecArray, [a, b]: readonly [number, number]): TempoWish | null {
  const [low, high] = [Math.max(SLOWEST, Math.min(a, b)), Math.min(FASTEST, Math.max(a, b))];
  if (low > high) return null;
  return { bpm: [low, high], said: match[0].trim(), from: match.index, to: match.index + match[0].length };
}
