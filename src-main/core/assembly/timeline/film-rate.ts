/** The film's frame rate as a fraction, whichever way a blueprint writes it. Pure. */
import { type Rational, parseRational } from '../../../contract/units.ts';

/** Decimals in use for rates that are fractions (SMPTE ST 2036): 29.97 is 30000/1001. */
const NEAR_HZ = 0.005;

/** @param given  a number or "30000/1001", validated. */
export function filmRate(given: number | string): Rational {
  const rate = parseRational(String(given));
  if (rate === null) throw new RangeError(`${given} is no frame rate.`);
  if (typeof given === 'string' && given.includes('/')) return rate;
  const value = Number(given);
  const whole = Math.round(value);
  const fraction = (whole * 1000) / 1001;
  if (value !== whole && Math.abs(value - fraction) < NEAR_HZ) return { numerator: whole * 1000, denominator: 1001 };
  return value === whole ? { numerator: whole, denominator: 1 } : rate;
}
