/** The addon's vision exports as JavaScript sees them: layout, sizes, promises, errors. What they measure is tested in C++. */
import { beforeAll, describe, expect, test } from 'vitest';

import { frameOfRow } from '../../contract/documents/feature-frame.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import { loadAddon } from './addon.ts';
import { VisionSession, opticalFlow } from './vision.ts';

const WIDTH = 160;
const HEIGHT = 96;
const PIXELS = WIDTH * HEIGHT;

/** Two crossed waves, moved right by `shift` pixels, in grey. */
function wave(shift: number): Uint8Array {
  return Uint8Array.from({ length: PIXELS }, (_, i) => {
    const x = (i % WIDTH) - shift;
    const y = Math.floor(i / WIDTH);
    return Math.round(128 + 60 * Math.sin(x / 5 + Math.cos(y / 9)) + 50 * Math.sin(y / 6 + x / 17));
  });
}

function frame(shift: number): Uint8Array {
  const planes = new Uint8Array((PIXELS * 3) / 2).fill(128);
  planes.set(wave(shift));
  return planes;
}

function newRow(): Float32Array {
  return new Float32Array(featureLayout.columns).fill(Number.NaN);
}

beforeAll(() => {
  loadAddon();
});

test('the row layout is the same in C++ and TypeScript', () => {
  const { featureLayout: native } = loadAddon() as { featureLayout: Record<string, number> };
  expect(native).toEqual({ ...featureLayout });
});

describe('VisionSession', () => {
  test('motion to the right fills direction bin 0 and is a fraction of the diagonal per second', async () => {
    const session = new VisionSession(WIDTH, HEIGHT);
    const row = newRow();
    await session.analyze(frame(0), 0, row);
    expect(frameOfRow(row, 0).motion).toEqual({
      average_magnitude: 0,
      direction_histogram: [0, 0, 0, 0, 0, 0, 0, 0],
      high_motion_regions: [],
    });
    const flow = new Float32Array(PIXELS * 2);
    await session.analyze(frame(2), 0.04, row, flow);
    const { motion } = frameOfRow(row, 0.04);
    expect(motion.average_magnitude).toBeCloseTo(2 / Math.hypot(WIDTH, HEIGHT) / 0.04, 1);
    expect(motion.direction_histogram[0]).toBeGreaterThan(0.95);
    expect(flow[PIXELS + WIDTH]).toBeCloseTo(2, 0);
  });

  test('overlay gives the flow in pixels per second and the edge map', async () => {
    const session = new VisionSession(WIDTH, HEIGHT);
    const flow = new Float32Array(8 * 4 * 2);
    const edges = new Uint8Array(PIXELS).fill(7);
    session.overlay({ flow, gridWidth: 8, gridHeight: 4, edges });
    expect([...new Set(edges)]).toEqual([0]);
    await session.analyze(frame(0), 0, newRow());
    const row = newRow();
    await session.analyze(frame(2), 0.04, row);
    session.overlay({ flow, gridWidth: 8, gridHeight: 4, edges });
    expect(Math.abs((flow[2 * 12] ?? 0) - 50)).toBeLessThan(10);
    const share = edges.filter((mark) => mark === 255).length / PIXELS;
    expect(share).toBeCloseTo(row[featureLayout.edgeDensity] ?? Number.NaN, 5);
  });

  test('a second call while one is running is refused and harms neither', async () => {
    const session = new VisionSession(WIDTH, HEIGHT);
    const first = session.analyze(frame(0), 0, newRow());
    await expect(session.analyze(frame(1), 0.04, newRow())).rejects.toThrow(/one call at a time/);
    expect(() => session.overlay({ edges: new Uint8Array(PIXELS) })).toThrow(/one call at a time/);
    await first;
    await session.analyze(frame(1), 0.04, newRow());
  });

  test('wrong sizes and types are refused with what was expected and what came', async () => {
    const session = new VisionSession(WIDTH, HEIGHT);
    await expect(session.analyze(new Uint8Array(10), 0, newRow())).rejects.toMatchObject({
      code: 'native-size-mismatch',
      message: 'expected frame to have 23040 elements (160x96 YUV 4:2:0), got 10',
    });
    await expect(session.analyze(frame(0), 0, new Float32Array(52))).rejects.toThrow(/53 elements/);
    await expect(session.analyze(frame(0), Number.NaN, newRow())).rejects.toThrow(/finite/);
    await expect(session.analyze([1, 2] as unknown as Uint8Array, 0, newRow())).rejects.toThrow(/Uint8Array/);
    await session.analyze(frame(0), 0, newRow());
    expect(() => new VisionSession(3, 2)).toThrow(/even/);
    expect(() => new VisionSession(0, 2)).toThrow(/whole number from 2/);
  });
});

test('opticalFlow finds a shift and refuses arrays of the wrong size', async () => {
  const out = new Float32Array(PIXELS * 2);
  await opticalFlow(wave(0), wave(3), WIDTH, HEIGHT, out);
  const center = (PIXELS / 2 + WIDTH / 2) * 2;
  expect(out[center]).toBeCloseTo(3, 0);
  expect(out[center + 1]).toBeCloseTo(0, 0);
  await expect(opticalFlow(wave(0), wave(3), WIDTH, HEIGHT - 1, out)).rejects.toMatchObject({ code: 'native-size-mismatch' });
});
