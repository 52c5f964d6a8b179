import { expect, test } from 'vitest';

import { filmed, standing, swaying } from '../../../../tests/fixtures/stick-figures.ts';
import { featureLayout } from '../../../contract/feature-layout.ts';
import { kinematicBeats, movementLevels, movementTempo, speedOfMotion, speedOfPoses } from './index.ts';

test.each([80, 100, 128, 150])('a dancer who turns round %d times a minute has that tempo, and lands on every turn', (bpm) => {
  const speed = speedOfPoses(filmed([{ dance: swaying(bpm) }], { rateHz: 12, seconds: 10 }));
  expect(Math.abs((movementTempo(speed)?.bpm ?? 0) - bpm)).toBeLessThan(0.02 * bpm);
  const { times_s: times, strength } = kinematicBeats(speed);
  const turns = Array.from({ length: Math.floor((10 * bpm) / 60) - 1 }, (_, at) => ((at + 1) * 60) / bpm);
  const missed = turns.filter((turn) => !times.some((time) => Math.abs(time - turn) < 0.07));
  expect({ missed, extra: times.length - turns.length <= 1 }).toEqual({ missed: [], extra: true });
  expect(strength.every((value) => value > 0 && value <= 1)).toBe(true);
});

test('a harder stop is a stronger beat', () => {
  const values = Float32Array.from({ length: 300 }, (_, at) => (Math.floor(at / 30) % 2 === 0 ? 1 : 0.5) * Math.abs(Math.sin((Math.PI * at) / 30)));
  const { strength } = kinematicBeats({ rate_hz: 30, start_s: 0, values });
  expect(strength[0]).toBeCloseTo(1, 1);
  expect(Math.abs((strength[1] ?? 0) - 0.5)).toBeLessThan(0.1);
});

test('who stands still has no beats, no tempo, and little energy', () => {
  const speed = speedOfPoses(filmed([{ dance: standing }]));
  expect(kinematicBeats(speed)).toEqual({ times_s: [], strength: [] });
  expect(movementTempo(speed)).toBeNull();
  expect(movementLevels(speed, 'pose')).toMatchObject({ energy: 0, energy_level: 'low', difficulty: 'beginner' });
});

test('more movement is more energy, in steps that never fall', () => {
  const energies = [0, 0.1, 0.3, 0.6, 1.2].map((reach) => movementLevels(speedOfPoses(filmed([{ dance: swaying(120, reach) }])), 'pose').energy);
  expect(energies).toEqual([...energies].sort((a, b) => a - b));
  expect(new Set(energies).size).toBe(5);
});

test('the flow’s rows give the same beats at any frame rate, even at an uneven one', () => {
  const rowsAt = (times: number[]): ReturnType<typeof speedOfMotion> => {
    const rows = new Float32Array(times.length * featureLayout.columns);
    times.forEach((time, frame) => (rows[frame * featureLayout.columns + featureLayout.magnitude] = Math.abs(Math.sin(2 * Math.PI * time))));
    return speedOfMotion({ rows, timestamps: Float64Array.from(times) });
  };
  const even = Array.from({ length: 240 }, (_, at) => at / 30);
  const uneven = Array.from({ length: 480 }, (_, at) => at / 60 + (at % 2) * 0.004);
  const found = [even, uneven].map((times) => kinematicBeats(rowsAt(times)).times_s.map((time) => time.toFixed(1)));
  expect(found[0]).toEqual(Array.from({ length: 15 }, (_, at) => ((at + 1) / 2).toFixed(1)));
  expect(found[1]).toEqual(found[0]);
});

test('an empty clip has nothing', () => {
  const speed = speedOfMotion({ rows: new Float32Array(0), timestamps: new Float64Array(0) });
  expect({ beats: kinematicBeats(speed).times_s, tempo: movementTempo(speed) }).toEqual({ beats: [], tempo: null });
});
