/** No parameter may jump: every number of a mapping is changed while it plays, and the sound makes no click. */
import { describe, expect, test } from 'vitest';

import { type Scene, seriesOf } from '../../scripts/listen/probes.ts';
import { SonifyEngine } from '../../src-main/adapters/native/engine.ts';
import type { Mapping } from '../../src-main/contract/documents/mapping.ts';
import { parameterIds, parameters } from '../../src-main/contract/documents/parameters.ts';
import { compileMapping } from '../../src-main/core/sonify/mapping/index.ts';
import { RATE, builtIn, defaultMapping } from './fixtures.ts';

const SECONDS = 3;
const scene: Scene = { motion: 0.3, brightness: 0.5, colorfulness: 0.4, hue: 0.1 };

/** Renders with the mapping replaced at given seconds. No drums: their strokes are clicks by nature. */
async function render(changes: readonly (readonly [number, Mapping])[]): Promise<Float32Array> {
  const [first, ...later] = changes;
  const engine = new SonifyEngine({ sampleRate: RATE, seed: 0, mapping: compileMapping((first ?? [0, defaultMapping])[1]) });
  const { rows, positions } = seriesOf(SECONDS, RATE, () => scene);
  engine.pushFeatures(rows, positions);
  for (const [at, mapping] of later) engine.setMapping(compileMapping(mapping), Math.round(at * RATE));
  const master = new Float32Array(2 * SECONDS * RATE);
  await engine.render(SECONDS * RATE, master);
  return master;
}

/** The largest second difference within 40 ms of a moment: a click is a corner that the sound around it does not have. */
function corner(master: Float32Array, atS: number, spanS = 0.04): number {
  let most = 0;
  for (let i = Math.round(atS * RATE); i < (atS + spanS) * RATE; i += 1) {
    for (const c of [0, 1]) {
      const at = (k: number): number => master[2 * (i + k) + c] ?? 0;
      most = Math.max(most, Math.abs(at(1) - 2 * at(0) + at(-1)));
    }
  }
  return most;
}

/** A change adds no corner beyond twice the sharpest that sounds before or after it anyway, plus -40 dB. */
function expectSmooth(master: Float32Array, atS: number, what: string): void {
  const around = Math.max(corner(master, atS - 0.6, 0.55), corner(master, atS + 0.3, 0.55));
  expect(corner(master, atS), what).toBeLessThan(2 * around + 0.01);
}

const fixed = (resting: Mapping['resting'], base = defaultMapping): Mapping => ({
  ...base,
  rows: [],
  resting: { ...base.resting, bass_intensity: 0.7, pad_level: 0.6, rhythm_complexity: 0, ...resting },
});

test.each(parameterIds.filter((id) => id !== 'rhythm_complexity' && id !== 'bpm'))('%s thrown from one end to the other', async (id) => {
  const { min, max } = parameters[id];
  const master = await render([[0, fixed({ [id]: min })], [1, fixed({ [id]: max })], [2, fixed({ [id]: min })]]);
  expectSmooth(master, 1, `${id} up`);
  expectSmooth(master, 2, `${id} down`);
});

test('a new tempo, key, and the change of sync', async () => {
  const start = fixed({});
  const master = await render([[0, start], [1, { ...start, tempo: { source: 'fixed', bpm: 97 }, key: { tonic: 'B', mode: 'major' } }], [2, { ...start, sync: false }]]);
  expectSmooth(master, 1, 'tempo and key');
  expectSmooth(master, 2, 'sync off');
});

test('faders, pan, mute and master', async () => {
  const start = fixed({});
  const strip = { gain_db: 6, pan: -1, mute: false, solo: false };
  const moved: Mapping = { ...start, mixer: { bass: strip, rhythm: strip, atmosphere: { ...strip, pan: 1, mute: true } }, master: { gain_db: -12, compression: 1 } };
  const master = await render([[0, start], [1, moved], [2, start]]);
  expectSmooth(master, 1, 'mixer there');
  expectSmooth(master, 2, 'mixer back');
});

describe.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('from Wobble to %s and back', (_, mapping) => {
  test('there is no click', async () => {
    const there = { ...fixed({}, mapping), sync: mapping.sync };
    const master = await render([[0, fixed({})], [1, there], [2, fixed({})]]);
    expectSmooth(master, 1, 'there');
    expectSmooth(master, 2, 'back');
  });
});

test('a mapping edited while it plays goes on: editing the smoothing of a row does not restart it', async () => {
  const edited = { ...defaultMapping, rows: defaultMapping.rows.map((row) => ({ ...row, smoothing: { ...row.smoothing, release_ms: row.smoothing.release_ms + 10 } })) };
  const master = await render([[0, defaultMapping], [1, edited]]);
  const same = await render([[0, defaultMapping]]);
  expect([...master.subarray(0, 2 * 1.5 * RATE)]).toEqual([...same.subarray(0, 2 * 1.5 * RATE)]);
});
