/** The models of the studio at work, on real files: skipped where the folder of models is not beside the repository. */
import { describe, expect, test } from 'vitest';

import { openModels } from '../../src-main/app/models.ts';
import { POSE_VALUES } from '../../src-main/contract/documents/pose.ts';
import { AppError } from '../../src-main/contract/errors.ts';
import { programFiles } from '../../src-main/adapters/files/program-files.ts';
import { hasSharedMedia, sharedMedia } from '../fixtures/shared-media.ts';
import { hasSharedModels, sharedModels, sharedModelsReason } from '../fixtures/shared-models.ts';
import { mediaWorld } from '../fixtures/media-world.ts';
import { inferenceHost } from '../fixtures/model-world.ts';

function inferenceWorld() {
  const media = mediaWorld();
  const host = inferenceHost();
  const opened = openModels({ program: programFiles(import.meta.filename), folder: media.folder, host, programs: () => media.programs.programs() });
  const source = async (...path: string[]) => {
    const { items, rejected } = await media.library.importPaths([sharedMedia(...path)]);
    if (!items[0]) throw AppError.fromBody(rejected[0]?.error ?? new AppError('internal', 'nothing was imported').toBody());
    return media.library.source(items[0].item.id);
  };
  return { ...opened, host, source };
}

describe.skipIf(!hasSharedModels || !hasSharedMedia)(`models at work${hasSharedModels ? '' : ` (skipped: ${sharedModelsReason})`}`, () => {
  test('every model of the manifest is recognised in one folder, loads, and has the shapes that are written down', async () => {
    const { models } = inferenceWorld();
    const { models: added, rejected } = await models.add(sharedModels());
    expect({ states: new Set(added.map(({ state }) => state)), count: added.length, rejected }).toEqual({ states: new Set(['present']), count: (await models.list()).length, rejected: [] });
    expect((await models.verify(undefined)).filter(({ error }) => error !== null)).toEqual([]);
  });

  test('BeatNet hears the 120 kicks a minute of a kick drum', async () => {
    const { models, inference, source } = inferenceWorld();
    expect(inference.beatModel()).toBeNull();
    await models.add(sharedModels('beatnet'));
    const done: number[] = [];
    const { values, rate_hz: rate, start_s: start } = await inference.beats(await source('music', 'annotated', 'kick_808_120bpm.mp3'), { onProgress: (part) => done.push(part) });
    const strength = Float32Array.from({ length: values.length / 2 }, (_, frame) => (values[frame * 2] ?? 0) + (values[frame * 2 + 1] ?? 0));
    const peaks = [...strength].flatMap((value, frame) => (value > 0.3 && value >= Math.max(...strength.slice(Math.max(0, frame - 8), frame + 9)) ? [start + frame / rate] : []));
    const steps = peaks.slice(1).map((time, at) => time - (peaks[at] ?? 0)).sort((a, b) => a - b);
    expect(steps[steps.length >> 1]).toBeCloseTo(0.5, 1);
    expect(peaks.length).toBeGreaterThan(15);
    expect(done.at(-1)).toBeGreaterThan(0.9);
  });

  test('MoveNet follows both dancers of a clip, apart from one another, and through a killed host', async () => {
    const { models, inference, source, host } = inferenceWorld();
    await models.add(sharedModels('movenet-lightning'));
    const clip = await source('dance', 'clips', 'cross_body_lead', 'cross_body_lead.mp4');
    const kill = (): void => void host.pid().then((pid) => pid !== null && process.kill(pid, 'SIGKILL'));
    await expect(inference.poses(clip, { onProgress: kill })).rejects.toMatchObject({ code: 'host-crashed', retryable: true });
    const poses = await inference.poses(clip);
    expect(poses.frames / poses.rate_hz).toBeCloseTo(clip.probe.duration_s, 0);
    const seen = [0, 1].map((dancer) => Array.from({ length: poses.frames }, (_, frame) => poses.keypoints[(frame * 2 + dancer) * POSE_VALUES + 5 * 3 + 2] ?? 0).filter((score) => score > 0.2).length / poses.frames);
    expect(Math.min(...seen)).toBeGreaterThan(0.7);
  });
});
