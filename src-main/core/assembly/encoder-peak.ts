/**
 * True peak of lossy sound. An encoder adds to the peak of what it is given, by how much depends on the sound: what comes out of
 * the decoder is measured, and where it is too high the sound is limited lower by as much and encoded again. Pure.
 */
/** The ceiling that is promised, in dBTP, and what may be above it. */
export const PEAK_DB = -1;
export const PEAK_TOLERANCE_DB = 0.3;
const LOSSY_FIRST_DB = -1.6;
const MARGIN_DB = 0.1;
const MAX_ATTEMPTS = 4;

export const isPeakKept = (truePeakDb: number): boolean => truePeakDb <= PEAK_DB + PEAK_TOLERANCE_DB;

/**
 * @param encode limits the sound to a ceiling in dBTP, encodes it and measures what a decoder gives; called once for lossless sound,
 *   up to four times for lossy. The last result stands, also where its peak is still too high: the verification says so.
 */
export async function encodedUnderPeak<Result>(
  kind: 'lossless' | 'lossy',
  encode: (ceilingDb: number) => Promise<{ readonly truePeakDb: number | null; readonly result: Result }>,
): Promise<Result> {
  let ceilingDb = kind === 'lossless' ? PEAK_DB : LOSSY_FIRST_DB;
  for (let attempt = 1; ; attempt += 1) {
    const { truePeakDb, result } = await encode(ceilingDb);
    if (kind === 'lossless' || truePeakDb === null || isPeakKept(truePeakDb) || attempt === MAX_ATTEMPTS) return result;
    ceilingDb -= truePeakDb - PEAK_DB + MARGIN_DB;
  }
}
