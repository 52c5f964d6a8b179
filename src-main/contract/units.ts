/**
 * Units of time that meet arithmetic, as branded numbers, and the one place that converts between them.
 * Picture time is an integer frame with a rational rate, sound time an integer sample; seconds exist only at borders.
 */
declare const unit: unique symbol;
type Branded<Name extends string> = number & { readonly [unit]: Name };

export type Seconds = Branded<'s'>;
export type Frames = Branded<'frames'>;
export type Samples = Branded<'samples'>;

/** A rational rate such as 30000/1001; both parts positive integers. */
export interface Rational {
  readonly numerator: number;
  readonly denominator: number;
}

/** Rounds half up (towards +infinity), the one rounding of the product. */
export function roundHalfUp(value: number): number {
  return Math.floor(value + 0.5);
}

export function samplesOf(seconds: number, sampleRate: number): Samples {
  return roundHalfUp(seconds * sampleRate) as Samples;
}

export function secondsOfSamples(samples: number, sampleRate: number): Seconds {
  return (samples / sampleRate) as Seconds;
}

export function framesOf(seconds: number, rate: Rational): Frames {
  return roundHalfUp((seconds * rate.numerator) / rate.denominator) as Frames;
}

export function secondsOfFrames(frames: number, rate: Rational): Seconds {
  return ((frames * rate.denominator) / rate.numerator) as Seconds;
}

/**
 * Parses "30000/1001", "25/1" or "29.97".
 * @returns null when it is not a positive rate (FFmpeg writes 0/0 for unknown).
 */
export function parseRational(text: string): Rational | null {
  const match = /^(\d+)(?:\/(\d+))?$/.exec(text);
  if (match) {
    const numerator = Number(match[1]);
    const denominator = Number(match[2] ?? '1');
    return numerator > 0 && denominator > 0 ? { numerator, denominator } : null;
  }
  const value = Number(text);
  return Number.isFinite(value) && value > 0 ? { numerator: Math.round(value * 1000), denominator: 1000 } : null;
}
