/** The card of a finished film: what was planned against what is in the file, frame by frame. Pure. */
import type { Verification } from '../../../contract/documents/artifact.ts';
import { secondsOfFrames } from '../../../contract/units.ts';
import { PEAK_DB, isPeakKept } from '../encoder-peak.ts';
import { LOUDNESS_TOLERANCE_LU } from '../loudness-report.ts';
import type { PacketFacts, SoundFacts, Span } from '../ports.ts';
import { SOUND_RATE } from '../graphs/sound-arguments.ts';
import type { Timeline } from '../timeline/timeline.ts';
import type { MadeSound } from './sound.ts';
import { sampleOfFrame } from './sound.ts';

export interface Planned {
  readonly timeline: Timeline;
  /** Bytes each frame has in the file, in order: what was copied and what was encoded. */
  readonly sizes: readonly number[];
  readonly sound: MadeSound | null;
  /** Film frames that are meant to be black or still. */
  readonly still: readonly { readonly from: number; readonly to: number }[];
}

/** What decoding the film showed. */
export interface Perceived {
  readonly seen: Seen;
  readonly heard: SoundFacts | null;
}

export interface Seen {
  readonly black: readonly Span[];
  readonly frozen: readonly Span[];
}

type Check = Verification['checks'][number];

const MAX_OFFSET_S = 0.02;
const LONG_SILENCE_S = 2;

const seconds = (value: number): string => `${value.toFixed(3)} s`;
const spanText = ({ startS, endS }: Span): string => (endS - startS < 0.05 ? `${startS.toFixed(1)} s` : `${startS.toFixed(1)}–${endS.toFixed(1)} s`);
const spans = (list: readonly Span[]): string => (list.length === 0 ? 'none' : list.slice(0, 4).map(spanText).join(', ') + (list.length > 4 ? ', …' : ''));

/** Frames that are not the planned ones, by their place, size and time. */
export function wrongFrames({ timeline, sizes }: Planned, facts: PacketFacts): number {
  const { rate } = timeline;
  let wrong = Math.abs(facts.sizes.length - sizes.length);
  for (let i = 0; i < Math.min(sizes.length, facts.sizes.length); i += 1) {
    const time = (i * rate.denominator * facts.ticksPerSecond) / rate.numerator;
    if (facts.sizes[i] !== sizes[i] || Math.abs((facts.times[i] ?? Number.NaN) - time) > 1) wrong += 1;
  }
  return wrong;
}

function pictureChecks(planned: Planned, facts: PacketFacts, seen: Seen): Check[] {
  const { timeline, sizes } = planned;
  const expectedS = secondsOfFrames(timeline.frames, timeline.rate);
  const measuredS = secondsOfFrames(facts.sizes.length, timeline.rate);
  const cuts = timeline.clips.slice(1).map((clip) => clip.start);
  const inPlace = cuts.filter((cut) => {
    const time = (cut * timeline.rate.denominator * facts.ticksPerSecond) / timeline.rate.numerator;
    return facts.sizes[cut] === sizes[cut] && facts.sizes[cut - 1] === sizes[cut - 1] && Math.abs((facts.times[cut] ?? Number.NaN) - time) <= 1;
  }).length;
  const isPlanned = ({ startS, endS }: Span): boolean =>
    planned.still.some(({ from, to }) => secondsOfFrames(from, timeline.rate) - 0.6 <= startS && endS <= secondsOfFrames(to, timeline.rate) + 0.6);
  const black = seen.black.filter((span) => !isPlanned(span));
  const frozen = seen.frozen.filter((span) => !isPlanned(span));
  return [
    { name: 'Pictures', passed: facts.sizes.length === timeline.frames, expected: String(timeline.frames), measured: String(facts.sizes.length) },
    { name: 'Every picture in its place', passed: wrongFrames(planned, facts) === 0, expected: 'all', measured: wrongFrames(planned, facts) === 0 ? 'all' : `${wrongFrames(planned, facts)} are not` },
    { name: 'Cuts on their frames', passed: inPlace === cuts.length, expected: String(cuts.length), measured: String(inPlace) },
    { name: 'Length', passed: Math.abs(measuredS - expectedS) < 1e-6, expected: seconds(expectedS), measured: seconds(measuredS) },
    { name: 'Black pictures', passed: black.length === 0, expected: 'none', measured: spans(black) },
    { name: 'Frozen pictures', passed: frozen.length === 0, expected: 'none', measured: spans(frozen) },
  ];
}

function soundChecks({ timeline, sound }: Planned, facts: PacketFacts, heard: SoundFacts | null): Check[] {
  if (sound === null || heard === null) return [{ name: 'Sound', passed: facts.sound === null, expected: 'none', measured: facts.sound === null ? 'none' : 'a sound stream' }];
  if (facts.sound === null) return [{ name: 'Sound', passed: false, expected: 'one sound stream', measured: 'none' }];
  const expectedS = sampleOfFrame(timeline.frames, timeline) / SOUND_RATE;
  const offset = Math.abs(facts.sound.startS - facts.startS);
  // AAC comes in blocks of 1024 samples.
  const blockS = 1024 / SOUND_RATE;
  const checks: Check[] = [
    { name: 'Sound length', passed: Math.abs(facts.sound.durationS - expectedS) <= blockS + 0.002, expected: seconds(expectedS), measured: seconds(facts.sound.durationS) },
    { name: 'Sound to picture', passed: offset <= MAX_OFFSET_S, expected: `within ${MAX_OFFSET_S * 1000} ms`, measured: `${Math.round(offset * 1000)} ms` },
  ];
  const { integratedLufs, truePeakDb, silent } = heard;
  const { target_lufs: target, integrated_lufs: made } = sound.report;
  const wanted = sound.report.is_target_reached ? (target ?? made) : made;
  if (integratedLufs !== null && wanted !== null) {
    checks.push({ name: 'Loudness', passed: Math.abs(integratedLufs - wanted) <= LOUDNESS_TOLERANCE_LU, expected: `${wanted.toFixed(1)} LUFS`, measured: `${integratedLufs.toFixed(1)} LUFS` });
  }
  if (truePeakDb !== null) checks.push({ name: 'True peak', passed: isPeakKept(truePeakDb), expected: `at most ${PEAK_DB} dBTP`, measured: `${truePeakDb.toFixed(1)} dBTP` });
  const long = silent.filter(({ startS, endS }) => endS - startS >= LONG_SILENCE_S);
  checks.push({ name: 'Silence', passed: long.length === 0, expected: `none of ${LONG_SILENCE_S} s`, measured: spans(long) });
  return checks;
}

export function verifyFilm(planned: Planned, facts: PacketFacts, { seen, heard }: Perceived): Verification {
  return { checks: [...pictureChecks(planned, facts, seen), ...soundChecks(planned, facts, heard)] };
}

/** Whether the film may have its name: a failed render has other frames than planned, or lacks its sound. */
export function isComplete(planned: Planned, facts: PacketFacts): boolean {
  return wrongFrames(planned, facts) === 0 && (planned.sound === null) === (facts.sound === null);
}
