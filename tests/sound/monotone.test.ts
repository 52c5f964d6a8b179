/**
 * DESIGN, chapter Sound, "Monotone": what more of something in the picture does to the sound of the default mapping,
 * measured on rendered audio. Each level is held; the first two seconds of it are ignored.
 */
import { beforeAll, describe, expect, test } from 'vitest';

import { monoOf, onsets, peakDb, pitchClasses, rmsDb, wobbleRateHz } from '../../scripts/listen/measure.ts';
import { type Scene, seriesOf } from '../../scripts/listen/probes.ts';
import { type Rendered, renderMapping } from '../../scripts/listen/render.ts';
import { RATE, builtIn, defaultMapping, plainScene } from './fixtures.ts';

const never = (values: readonly number[], falls: number): boolean => values.every((value, i) => i === 0 || value >= (values[i - 1] ?? 0) - falls);

/** Renders levels one after the other, each held for `holdS`. */
async function staircase(levels: readonly number[], holdS: number, scene: (level: number) => Scene, mapping = defaultMapping): Promise<Rendered> {
  const series = seriesOf(levels.length * holdS, RATE, (t) => scene(levels[Math.min(levels.length - 1, Math.floor(t / holdS))] ?? 0));
  return renderMapping(mapping, series, Math.round(levels.length * holdS * RATE), { traceHz: 50 });
}

const MOTION_SETS = [
  [0.1, 0.3, 0.5, 0.7, 0.9],
  [0.02, 0.05, 0.1, 0.2, 0.4],
];

describe.each(MOTION_SETS)('motion at %d, %d, %d, %d, %d diagonals a second', (...levels) => {
  const HOLD_S = 12;
  let bass: Float64Array;
  let rendered: Rendered;

  beforeAll(async () => {
    rendered = await staircase(levels, HOLD_S, (motion) => ({ ...plainScene, motion }));
    bass = monoOf(rendered.stems, 6, 0);
  });

  test('the level of the bass stem never falls and rises by 9 dB or more', () => {
    const db = levels.map((_, i) => rmsDb(bass, (i * HOLD_S + 2) * RATE, (i * HOLD_S + 4) * RATE));
    expect(never(db, 0), db.join(' ')).toBe(true);
    expect((db.at(-1) ?? 0) - (db[0] ?? 0)).toBeGreaterThanOrEqual(9);
  });

  test('the wobble heard in the audio is the rate reported, never falls and takes four values or more', () => {
    const heard = levels.map((_, i) => wobbleRateHz(bass.subarray((i * HOLD_S + 2) * RATE, (i + 1) * HOLD_S * RATE), RATE));
    const reported = levels.map((_, i) => rendered.trace[((i + 1) * HOLD_S * 50 - 5) * rendered.traceColumns + 2] ?? 0);
    heard.forEach((rate, i) => expect(Math.abs(rate / (reported[i] ?? 0) - 1), `${heard.join(' ')} of ${reported.join(' ')}`).toBeLessThan(0.02));
    expect(never(reported, 0)).toBe(true);
    expect(new Set(reported.map((rate) => rate.toFixed(2))).size).toBeGreaterThanOrEqual(4);
  });
});

test('still is whole notes, wild is sixteenth triplets', async () => {
  const beatHz = defaultMapping.tempo.bpm / 60;
  for (const [motion, cycles] of [
    [0, 0.25],
    [1, 6],
  ] as const) {
    const { state } = await staircase([motion], 2, (level) => ({ ...plainScene, motion: level }));
    expect(state.wobbleHz).toBeCloseTo(beatHz * cycles, 3);
  }
});

test('the wobble is heard through the drums as well', async () => {
  const rendered = await staircase([0.05, 0.2, 0.5], 12, (motion) => ({ ...plainScene, motion, density: 0.06 }));
  const bass = monoOf(rendered.stems, 6, 0);
  for (const i of [0, 1, 2]) {
    const reported = rendered.trace[((i + 1) * 12 * 50 - 5) * rendered.traceColumns + 2] ?? 0;
    expect(Math.abs(wobbleRateHz(bass.subarray((i * 12 + 2) * RATE, (i + 1) * 12 * RATE), RATE) / reported - 1)).toBeLessThan(0.02);
  }
});

test('with sync off the wobble heard is the rate that was wanted, whatever the tempo', async () => {
  const mapping = { ...defaultMapping, sync: false, rows: defaultMapping.rows.filter((row) => row.target !== 'modulation_rate'), resting: { ...defaultMapping.resting, modulation_rate: 3.37 } };
  const rendered = await staircase([0.3], 12, (motion) => ({ ...plainScene, motion }), mapping);
  expect(wobbleRateHz(monoOf(rendered.stems, 6, 0).subarray(2 * RATE), RATE)).toBeCloseTo(3.37, 1);
});

describe.each([
  [[0.1, 0.3, 0.5, 0.7, 0.9]],
  [[0.02, 0.05, 0.1, 0.2, 0.4]],
  [[0.03, 0.06, 0.12, 0.25, 0.5]],
])('edge density at %j', (levels) => {
  test('onsets per bar, heard in the rhythm stem, never fall and take four values or more', async () => {
    const barS = 240 / defaultMapping.tempo.bpm;
    const holdS = barS * 4;
    const rendered = await staircase(levels, holdS, (density) => ({ ...plainScene, density }));
    const found = onsets(monoOf(rendered.stems, 6, 2), RATE);
    const perBar = levels.map((_, i) => found.filter((at) => at / RATE >= (i * 4 + 2) * barS - 0.02 && at / RATE < (i + 1) * holdS - 0.02).length / 2);
    expect(never(perBar, 0), perBar.join(' ')).toBe(true);
    expect(new Set(perBar).size, perBar.join(' ')).toBeGreaterThanOrEqual(4);
  });
});

test.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('%s: strokes per bar never fall with edge density, nor the bass with motion', async (_, mapping) => {
  const levels = [0.01, 0.03, 0.08, 0.2, 0.5];
  const holdS = (240 / mapping.tempo.bpm) * 2;
  const rendered = await staircase(levels, holdS, (density) => ({ ...plainScene, density }), mapping);
  const strokes = levels.map((_level, i) => rendered.events.filter((e) => e.kind === 'drum' && e.position >= (i + 0.5) * holdS * RATE && e.position < (i + 1) * holdS * RATE - 100).length);
  expect(never(strokes, mapping.tempo.source === 'motion' ? 1 : 0), strokes.join(' ')).toBe(true);
  const bass = monoOf((await staircase(levels, 4, (motion) => ({ ...plainScene, motion }), mapping)).stems, 6, 0);
  const db = levels.map((_level, i) => rmsDb(bass, (i * 4 + 2) * RATE, (i * 4 + 4) * RATE));
  expect(never(db, 0), db.join(' ')).toBe(true);
  expect((db.at(-1) ?? 0) - (db[0] ?? 0)).toBeGreaterThanOrEqual(9);
});

describe('colour', () => {
  const HOLD_S = 6;
  const classesAt = (rendered: Rendered, i: number): Float64Array => pitchClasses(monoOf(rendered.stems, 6, 4), (i * HOLD_S + 3) * RATE, RATE, 65_536);
  /** How much of two distributions of pitch classes is common. */
  const overlap = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + Math.min(value, b[i] ?? 0), 0);

  test('hues 60 degrees apart give different chords, measured as pitch classes', async () => {
    const hues = [0, 1, 2, 3, 4, 5, 6].map((sixth) => sixth / 6);
    const rendered = await staircase(hues, HOLD_S, (hue) => ({ brightness: 0.45, colorfulness: 0.45, hue: hue % 1 }));
    const classes = hues.map((_, i) => classesAt(rendered, i));
    for (let i = 1; i < hues.length; i += 1) expect(overlap(classes[i - 1] as Float64Array, classes[i] as Float64Array), `hue ${i * 60}`).toBeLessThan(0.75);
    // Red again is the chord of red.
    expect(overlap(classes[0] as Float64Array, classes[6] as Float64Array)).toBeGreaterThan(0.85);
  });

  test('below the colourfulness threshold the last chord stays, at first the tonic', async () => {
    const series = seriesOf(18, RATE, (t) => ({ brightness: 0.45, hue: 1 / 3, colorfulness: t >= 6 && t < 12 ? 0.45 : 0.04 }));
    const rendered = await renderMapping(defaultMapping, series, 18 * RATE, { traceHz: 10 });
    const place = (t: number): number => rendered.trace[t * 10 * rendered.traceColumns + 4] ?? -1;
    expect([place(5), place(11), place(17)]).toEqual([0, 4, 4]);
  });

  test('brightness raises the register and opens the filter of the pads', async () => {
    const levels = [0.15, 0.4, 0.7, 0.95];
    const rendered = await staircase(levels, HOLD_S, (brightness) => ({ brightness, colorfulness: 0.4, hue: 0.1 }));
    const centroids = levels.map((_, i) => {
      const classes = monoOf(rendered.stems, 6, 4).subarray((i * HOLD_S + 3) * RATE, (i + 1) * HOLD_S * RATE);
      let crossings = 0;
      for (let n = 1; n < classes.length; n += 1) crossings += Number((classes[n] ?? 0) >= 0 !== (classes[n - 1] ?? 0) >= 0);
      return crossings;
    });
    expect(never(centroids, 0), centroids.join(' ')).toBe(true);
    expect(centroids.at(-1)).toBeGreaterThan(1.5 * (centroids[0] ?? 0));
  });

  test('colourfulness adds voices and width', async () => {
    const levels = [0.05, 0.3, 0.6];
    const rendered = await staircase(levels, HOLD_S, (colorfulness) => ({ brightness: 0.5, colorfulness, hue: 0.1 }));
    const side = levels.map((_, i) => {
      let mid = 0;
      let difference = 0;
      for (let n = (i * HOLD_S + 3) * RATE; n < (i + 1) * HOLD_S * RATE; n += 1) {
        const [l = 0, r = 0] = [rendered.stems[6 * n + 4], rendered.stems[6 * n + 5]];
        mid += (l + r) ** 2;
        difference += (l - r) ** 2;
      }
      return 10 * Math.log10(difference / mid);
    });
    expect(never(side, 0), side.join(' ')).toBe(true);
    expect((side.at(-1) ?? 0) - (side[0] ?? 0)).toBeGreaterThan(2);
  });
});

test.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('%s: a black still picture is below -50 dBFS four seconds after a busy one', async (_, mapping) => {
  const busy: Scene = { motion: 0.6, density: 0.4, brightness: 0.8, colorfulness: 0.6, hue: 0.6 };
  const series = seriesOf(14, RATE, (t) => (t < 6 ? busy : {}));
  const { master } = await renderMapping(mapping, series, 14 * RATE);
  expect(rmsDb(master, 0, 2 * 6 * RATE)).toBeGreaterThan(-30);
  expect(peakDb(master, 2 * 10 * RATE)).toBeLessThan(-50);
});

test('motion to the left and right pans the bass', async () => {
  const balance = await Promise.all(
    [0, 0.5].map(async (direction) => {
      const { stems } = await staircase([0.3], 4, (motion) => ({ ...plainScene, motion, direction }));
      const power = (channel: number): number => {
        let sum = 0;
        for (let i = 2 * RATE; i < 4 * RATE; i += 1) sum += (stems[6 * i + channel] ?? 0) ** 2;
        return sum;
      };
      return 10 * Math.log10(power(1) / power(0));
    }),
  );
  expect(balance[0]).toBeGreaterThan(3);
  expect(balance[1]).toBeLessThan(-3);
});
