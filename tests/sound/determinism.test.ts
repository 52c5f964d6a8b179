/** The engine through the addon: the same bits for the same events, whatever the blocks, the order of calls, the process. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { pairOf } from '../../scripts/listen/measure.ts';
import { probes, seriesOf } from '../../scripts/listen/probes.ts';
import { renderMapping } from '../../scripts/listen/render.ts';
import { SonifyEngine, TRACE_HEADER } from '../../src-main/adapters/native/engine.ts';
import { parameterIds } from '../../src-main/contract/documents/parameters.ts';
import { compileMapping } from '../../src-main/core/sonify/mapping/index.ts';
import { RATE, builtIn, defaultMapping, hashOf } from './fixtures.ts';

const cuts = probes.find((probe) => probe.name === 'hard-cuts');
if (!cuts) throw new Error('the probe hard-cuts is missing');
const series = seriesOf(4, RATE, (t, frame) => cuts.sceneAt(t + 2, frame + 60));

test('any division into blocks gives the same bits', async () => {
  const frames = 30_000;
  const whole = await renderMapping(defaultMapping, series, frames);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 12 }), fc.constantFrom(...builtIn), async (blocks, mapping) => {
      const expected = mapping === defaultMapping ? whole : await renderMapping(mapping, series, frames);
      const rendered = await renderMapping(mapping, series, frames, { blocks });
      expect(hashOf(rendered.master)).toBe(hashOf(expected.master));
      expect(hashOf(rendered.stems)).toBe(hashOf(expected.stems));
    }),
    { numRuns: 20 },
  );
});

test('one sample at a time is the same as all at once', async () => {
  const frames = 2000;
  const [whole, single] = await Promise.all([renderMapping(defaultMapping, series, frames), renderMapping(defaultMapping, series, frames, { blocks: [1] })]);
  expect(hashOf(single.master)).toBe(hashOf(whole.master));
});

test('the same seed gives the same bits, another seed another sound, in every built-in mapping', async () => {
  for (const mapping of builtIn) {
    const [a, b, c] = await Promise.all([7, 7, 8].map((seed) => renderMapping(mapping, series, RATE, { seed })));
    expect(hashOf(a?.master as Float32Array)).toBe(hashOf(b?.master as Float32Array));
    expect(hashOf(a?.master as Float32Array)).not.toBe(hashOf(c?.master as Float32Array));
  }
});

test('two processes give the same bits', async () => {
  const script = fileURLToPath(new URL('./hash-render.ts', import.meta.url));
  const answers = [1, 2].map(() => execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim());
  const here = await renderMapping(defaultMapping, series, RATE);
  expect(answers).toEqual([hashOf(here.stems), hashOf(here.stems)]);
});

test('changing or silencing one voice leaves the bits of the other stems', async () => {
  const stemsOf = async (mapping: typeof defaultMapping): Promise<string[]> => {
    const { stems } = await renderMapping(mapping, series, RATE);
    return [0, 2, 4].map((first) => hashOf(pairOf(stems, 6, first)));
  };
  const before = await stemsOf(defaultMapping);
  const otherPad = await stemsOf({ ...defaultMapping, sound: { ...defaultMapping.sound, pad: 'glass' } });
  expect(otherPad.map((hash, i) => hash === before[i])).toEqual([true, true, false]);
  const mutedDrums = await stemsOf({ ...defaultMapping, mixer: { ...defaultMapping.mixer, rhythm: { ...defaultMapping.mixer.rhythm, mute: true } } });
  expect(mutedDrums.map((hash, i) => hash === before[i])).toEqual([true, false, true]);
});

describe('the stems', () => {
  test.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('%s: they add up to the premaster bit for bit', async (_, mapping) => {
    // With nothing after the sum but a limiter that has nothing to do, the master is the premaster.
    const quiet = { ...mapping, master: { gain_db: 0, compression: 0 }, mixer: { ...mapping.mixer } };
    for (const voice of ['bass', 'rhythm', 'atmosphere'] as const) quiet.mixer[voice] = { ...quiet.mixer[voice], gain_db: -14, pan: voice === 'bass' ? -0.3 : 0.2 };
    const { master, stems } = await renderMapping(quiet, series, 2 * RATE);
    const f = Math.fround;
    let different = 0;
    for (let i = 0; i < 2 * RATE; i += 1) {
      for (const c of [0, 1]) different += Number(f(f((stems[6 * i + c] ?? 0) + (stems[6 * i + 2 + c] ?? 0)) + (stems[6 * i + 4 + c] ?? 0)) !== master[2 * i + c]);
    }
    expect(different).toBe(0);
  });

  test('a soloed strip is the only one in the stems and the master', async () => {
    const solo = { ...defaultMapping, mixer: { ...defaultMapping.mixer, rhythm: { ...defaultMapping.mixer.rhythm, solo: true } } };
    const { stems } = await renderMapping(solo, series, RATE);
    const isSilent = [0, 2, 4].map((first) => pairOf(stems, 6, first).every((x) => x === 0));
    expect(isSilent).toEqual([true, false, true]);
  });
});

test('a mapping without rows is silent but for cuts; a soloed row of another sense silences those too', async () => {
  const peak = async (mapping: typeof defaultMapping): Promise<number> => (await renderMapping(mapping, series, 2 * RATE)).master.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  const empty = { ...defaultMapping, rows: [], resting: {} };
  expect(await peak(empty)).toBeGreaterThan(0.1);
  const hue = defaultMapping.rows.filter((row) => row.source === 'color.hue').map((row) => ({ ...row, solo: true }));
  expect(await peak({ ...empty, rows: hue })).toBe(0);
});

test('a row soloed leaves every other parameter at rest', async () => {
  const rows = defaultMapping.rows.map((row) => ({ ...row, solo: row.id === 'motion-level' }));
  const { state } = await renderMapping({ ...defaultMapping, rows }, series, RATE);
  const all = await renderMapping(defaultMapping, series, RATE);
  expect(state.parameters[0]).toBe(all.state.parameters[0]);
  expect(state.parameters[5]).toBe(Math.fround(defaultMapping.resting.bass_cutoff ?? 200));
  expect(all.state.parameters[5]).not.toBe(state.parameters[5]);
});

describe('time', () => {
  test('a mapping set for a sample changes nothing before it, something after it', async () => {
    const at = 20_000;
    const render = async (change: boolean): Promise<Float32Array> => {
      const engine = new SonifyEngine({ sampleRate: RATE, seed: 0, mapping: compileMapping(defaultMapping) });
      engine.pushFeatures(series.rows, series.positions);
      if (change) engine.setMapping(compileMapping({ ...defaultMapping, mixer: { ...defaultMapping.mixer, rhythm: { ...defaultMapping.mixer.rhythm, gain_db: -20 } } }), at);
      const stems = new Float32Array(6 * RATE);
      await engine.render(RATE, new Float32Array(2 * RATE), stems);
      return pairOf(stems, 6, 2);
    };
    const [before, after] = await Promise.all([render(false), render(true)]);
    const first = before.findIndex((sample, i) => sample !== after[i]) / 2;
    expect(first).toBeGreaterThanOrEqual(at);
    // The next control tick, then the fader's first smoothed step.
    expect(first).toBeLessThan(at + 128);
  });

  test('a feature pushed too late acts at the next tick instead of being lost', async () => {
    const engine = new SonifyEngine({ sampleRate: RATE, seed: 0, mapping: compileMapping(defaultMapping) });
    await engine.render(9600, new Float32Array(19_200));
    engine.pushFeatures(series.rows.subarray(0, 53), Float64Array.of(10));
    const master = new Float32Array(19_200);
    await engine.render(9600, master);
    expect(engine.inspect().queued).toBe(0);
    expect(master.some((sample) => sample !== 0)).toBe(true);
  });

  test('the trace has its rows on time and the values inspect() shows', async () => {
    const seconds = 3;
    const { trace, traceColumns, state } = await renderMapping(defaultMapping, series, seconds * RATE, { traceHz: 60, blocks: [777] });
    expect(trace.length / traceColumns).toBe(seconds * 60);
    const last = trace.subarray(trace.length - traceColumns);
    expect(traceColumns).toBe(TRACE_HEADER.length + 2 * defaultMapping.rows.length + parameterIds.length);
    expect(last[0]).toBe(state.bpm);
    expect(last[2]).toBeCloseTo(state.wobbleHz, 4);
    const bar = 240 / defaultMapping.tempo.bpm;
    const beats = Array.from({ length: 40 }, (_, i) => trace[i * traceColumns + 1] ?? -1);
    beats.forEach((beat, i) => expect(Math.abs(beat - ((i / 60) % bar) * (4 / bar))).toBeLessThan(0.01));
  });

  test('starting at a later sample plays what the whole render plays there, once its tails have built up', async () => {
    const still = seriesOf(12, RATE, () => ({ motion: 0.2, density: 0.1, brightness: 0.5, colorfulness: 0.3, hue: 0.1 }));
    const whole = await renderMapping(defaultMapping, still, 12 * RATE);
    const start = 4 * RATE + 1234;
    const late = await renderMapping(defaultMapping, { rows: still.rows.subarray(0, 53), positions: Float64Array.of(start) }, 12 * RATE - start, { startSample: start });
    const strokes = (events: typeof late.events): string[] => events.filter((e) => e.kind === 'drum' && e.position >= start + RATE).map((e) => `${e.position} ${e.index} ${e.velocity}`);
    expect(strokes(late.events)).toEqual(strokes(whole.events));
    expect(strokes(late.events).length).toBeGreaterThan(20);
  });
});

describe('what does not belong is refused with what was expected', () => {
  const options = { sampleRate: RATE, seed: 0, mapping: compileMapping(defaultMapping) };

  test('wrong sizes, falling positions, foreign mappings, odd rates', async () => {
    const engine = new SonifyEngine(options);
    expect(() => engine.pushFeatures(new Float32Array(52), Float64Array.of(0))).toThrow(/expected rows to have 53 elements/);
    expect(() => engine.pushFeatures(new Float32Array(106), Float64Array.of(5, 4))).toThrow(/never fall/);
    expect(() => engine.pushFeatures(new Float32Array(53), Float64Array.of(0.5))).toThrow(/whole samples/);
    await expect(engine.render(10, new Float32Array(19))).rejects.toMatchObject({ code: 'native-size-mismatch' });
    await expect(engine.render(0, new Float32Array(0))).rejects.toThrow(/frames/);
    expect(() => new SonifyEngine({ ...options, mapping: { ...options.mapping, resting: new Float64Array(3) } })).toThrow(/mapping.resting/);
    expect(() => new SonifyEngine({ ...options, mapping: { ...options.mapping, rows: options.mapping.rows.map(() => Number.NaN) } })).toThrow(/finite/);
    expect(() => new SonifyEngine({ ...options, mapping: { ...options.mapping, rows: options.mapping.rows.map(() => 99) } })).toThrow(/out of range/);
    expect(() => new SonifyEngine({ ...options, sampleRate: 7 })).toThrow(/sampleRate/);
    expect(() => new SonifyEngine({ ...options, seed: -1 })).toThrow(/seed/);
  });

  test('a second call while one renders is refused and harms neither', async () => {
    const engine = new SonifyEngine(options);
    const first = engine.render(48_000, new Float32Array(96_000));
    await expect(engine.render(10, new Float32Array(20))).rejects.toThrow(/one call at a time/);
    expect(() => engine.inspect()).toThrow(/one call at a time/);
    await first;
    expect(engine.inspect().position).toBe(48_000);
  });

});
