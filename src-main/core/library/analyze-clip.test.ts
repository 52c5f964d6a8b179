import { expect, test } from 'vitest';

import { filmed, swaying } from '../../../tests/fixtures/stick-figures.ts';
import { MoveCurvesSchema } from '../../contract/documents/move.ts';
import type { PoseSeries } from '../../contract/documents/pose.ts';
import { featureLayout } from '../../contract/feature-layout.ts';
import { ClipDescriptionSchema } from '../../contract/hosts/clip-description.ts';
import { describeClipMethod } from '../../hosts/methods/describe-clip.ts';
import { type ClipAnalysisPorts, analyzeClip } from './analyze-clip.ts';
import { describeClip } from './describe-clip.ts';
import type { MoveRecord } from './ports.ts';

/** Eight seconds of flow that rises and falls twice a second. */
function flow(): { rows: Float32Array; timestamps: Float64Array } {
  const timestamps = Float64Array.from({ length: 240 }, (_, frame) => frame / 30);
  const rows = new Float32Array(240 * featureLayout.columns);
  timestamps.forEach((time, frame) => {
    rows[frame * featureLayout.columns + featureLayout.magnitude] = 0.02 * Math.abs(Math.sin(2 * Math.PI * time));
    rows[frame * featureLayout.columns + featureLayout.direction] = 1;
  });
  return { rows, timestamps };
}

async function found(poses: PoseSeries | null): Promise<Awaited<ReturnType<typeof analyzeClip>>> {
  const ports = {
    media: { source: () => ({ path: '/clip.mp4', name: 'clip.mp4', probe: { audio: null } }) },
    features: { ensure: () => Promise.resolve() },
    describer: { describe: (_: string, seen: PoseSeries | null) => Promise.resolve(describeClip(flow(), seen)) },
    poses: { model: () => poses?.source ?? null, poses: () => Promise.resolve(poses) },
    ears: { embedding: () => Promise.resolve(null) },
  };
  const record = { id: 'clip', media: { stamp: 'stamp' } };
  return analyzeClip(ports as unknown as ClipAnalysisPorts, record as unknown as MoveRecord, new AbortController().signal);
}

const spaces = ({ embeddings }: Awaited<ReturnType<typeof found>>): string[] => embeddings.map(({ space }) => space);
const dance = filmed([{ dance: swaying(90) }]);
/** The dancer is there in the first of ten frames only. */
const glimpse = { ...dance, keypoints: dance.keypoints.map((value, at) => (at % 3 === 2 && Math.floor(at / 51) % 10 !== 0 ? 0 : value)) };

test('a dancer who is seen is known by poses', async () => {
  expect(spaces(await found(dance))).toEqual(['pose-movenet-1']);
});

test('without a model, or with a dancer who is hardly seen, the flow stands in and says so', async () => {
  const [noModel, hardlySeen] = [await found(null), await found(glimpse)];
  expect([spaces(noModel), spaces(hardlySeen)]).toEqual([['motion-1'], ['motion-1']]);
  const notes = [noModel, hardlySeen].map(({ embeddings }) => embeddings[0]?.note);
  expect(notes.every((note) => (note ?? '') !== '')).toBe(true);
  expect(notes[0]).not.toBe(notes[1]);
});

test('the tempo is the flow’s, whatever the poses say', async () => {
  const tempos = [(await found(null)).estimates.tempo, (await found(dance)).estimates.tempo];
  expect(Math.abs((tempos[0] ?? 0) - 120)).toBeLessThan(3);
  expect(tempos[1]).toBe(tempos[0]);
});

test('the analysis host puts a clip together from its chunks, and says of it what is said of it whole', async () => {
  const whole = flow();
  const { columns } = featureLayout;
  const asked: unknown[] = [];
  const call = (method: string, input: unknown): Promise<unknown> => {
    const { index } = input as { index: number };
    asked.push([method, input]);
    const [from, to] = [index * 100, Math.min(240, (index + 1) * 100)];
    return Promise.resolve(from >= 240 ? null : { rows: whole.rows.slice(from * columns, to * columns), timestamps: whole.timestamps.slice(from, to) });
  };
  const described = await describeClipMethod({ media_id: 'clip', poses: dance }, { signal: new AbortController().signal, emit: () => undefined, caller: { call } });
  expect(ClipDescriptionSchema.parse(described)).toEqual(describeClip(whole, dance));
  expect(asked).toEqual([0, 1, 2, 3].map((index) => ['features.chunk', { media_id: 'clip', index }]));
  expect(MoveCurvesSchema.parse(JSON.parse((described as { curves: string }).curves)).motion.length).toBeGreaterThan(50);
});
