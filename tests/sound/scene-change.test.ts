/** DESIGN, chapter Sound: what a cut does. Accent at once, fill and new bar on the next beat. */
import { expect, test } from 'vitest';

import { monoOf, onsets } from '../../scripts/listen/measure.ts';
import { FRAME_RATE, seriesOf } from '../../scripts/listen/probes.ts';
import { renderMapping } from '../../scripts/listen/render.ts';
import { DRUMS } from '../../src-main/adapters/native/engine.ts';
import { RATE, builtIn, defaultMapping, plainScene } from './fixtures.ts';

const FRAME = RATE / FRAME_RATE;
const BEAT = (60 / defaultMapping.tempo.bpm) * RATE;

/** A still scene with cuts on the given frames. */
async function withCuts(cuts: readonly number[], seconds: number, mapping = defaultMapping, density = 0) {
  const series = seriesOf(seconds, RATE, (_, frame) => ({ ...plainScene, density, cut: cuts.includes(frame) }));
  return renderMapping(mapping, series, seconds * RATE, { traceHz: 100 });
}

test('a cut is heard within one frame, on no grid, each time for cuts 250 ms apart', async () => {
  // 8 frames at 30 a second are 267 ms; the offsets fall anywhere between beats.
  const cuts = [37, 45, 53, 63, 95, 130];
  const { stems } = await withCuts(cuts, 6);
  const heard = onsets(monoOf(stems, 6, 2), RATE, 3);
  for (const cut of cuts) {
    const at = cut * FRAME;
    expect(
      heard.some((onset) => onset >= at - 0.008 * RATE && onset <= at + FRAME),
      `cut at frame ${cut}: ${heard.map((h) => (h / FRAME).toFixed(1)).join(' ')}`,
    ).toBe(true);
  }
});

test('cuts nearer than 250 ms get one accent', async () => {
  const { events } = await withCuts([30, 32, 34], 3);
  expect(events.filter((e) => e.kind === 'drum' && DRUMS[e.index] === 'impact')).toHaveLength(1);
});

test.each(builtIn.map((mapping) => [mapping.name, mapping] as const))('%s: fill and new bar stand on the next beat after a cut', async (_, mapping) => {
  const bpm = mapping.tempo.source === 'motion' ? null : mapping.tempo.bpm;
  const cut = 41;
  const { events, trace, traceColumns } = await withCuts([cut], 5, mapping);
  const crash = events.find((e) => e.kind === 'drum' && DRUMS[e.index] === 'crash');
  const beat = crash?.position ?? 0;
  expect(beat).toBeGreaterThan(cut * FRAME);
  if (bpm !== null) {
    const grid = (60 / bpm) * RATE;
    expect(Math.abs(beat / grid - Math.round(beat / grid)) * grid).toBeLessThanOrEqual(1);
    expect(beat - cut * FRAME).toBeLessThanOrEqual(grid);
  }
  // The bar counts from here: its beat is near zero, its number one higher.
  const row = (sample: number, column: number): number => trace[Math.ceil((sample / RATE) * 100) * traceColumns + column] ?? -1;
  expect(row(beat + 0.02 * RATE, 1)).toBeLessThan(0.2);
  expect(row(beat + 0.02 * RATE, 3)).toBe(row(beat - 0.03 * RATE, 3) + 1);
  const toms = events.filter((e) => e.kind === 'drum' && DRUMS[e.index] === 'tom' && e.position >= beat - 1);
  expect(toms.length).toBeGreaterThanOrEqual(2);
});

test('the fill is heard: the beat after the downbeat has onsets on its sixteenths even when nothing else plays', async () => {
  const { stems, events } = await withCuts([41], 5);
  const beat = events.find((e) => e.kind === 'drum' && DRUMS[e.index] === 'crash')?.position ?? 0;
  const heard = onsets(monoOf(stems, 6, 2), RATE, 3);
  for (const sixteenth of [0, 1, 2, 3]) {
    const at = beat + (sixteenth * BEAT) / 4;
    expect(heard.some((onset) => Math.abs(onset - at) < 0.02 * RATE), `sixteenth ${sixteenth}`).toBe(true);
  }
});

test('without a cut bars follow one another every four beats', async () => {
  const { trace, traceColumns } = await withCuts([], 8);
  const bars = Array.from({ length: trace.length / traceColumns }, (_, i) => trace[i * traceColumns + 3] ?? 0);
  expect(bars.at(-1)).toBe(Math.floor((8 * RATE - 1) / (4 * BEAT)));
});
