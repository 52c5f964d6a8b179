import { expect, test } from 'vitest';

import { FakeClock } from '../../../../tests/fakes/clock.ts';
import type { Probe } from '../../../contract/documents/media-item.ts';
import { AppError } from '../../../contract/errors.ts';
import { requireBlueprint } from '../blueprint/validate.ts';
import { type ClipPorts, findMedia } from './clips.ts';

const video = { codec: 'h264', width: 64, height: 64, display_width: 64, display_height: 64, rotation_deg: 0, frame_rate: '30/1', is_variable_rate: false, pixel_format: 'yuv420p', bit_depth: 8 };
const probe: Probe = { demuxer: 'mov', duration_s: 10, video, audio: null };
const moves = ['a', 'b'].map((id, i) => ({ clip_id: id, video_path: `${id}.mp4`, start_time: i, duration: 1 }));
const payload = { blueprint: requireBlueprint({ task_id: 't', audio_path: null, moves, total_duration: 2 }), roots: { main: '/', named: {}, library: {} }, output: null, project_id: null };

function world(find: (path: string, looks: number) => string) {
  const clock = new FakeClock();
  const looks = new Map<string, number>();
  const ports: ClipPorts = {
    clock,
    hashes: { sha256: (path) => Promise.resolve(`hash of ${path}`) },
    tools: { probe: () => Promise.resolve(probe) },
    files: { copyPath: (key, extension) => `${key}.${extension}`, has: () => false, readText: () => Promise.reject(new Error('none')), writeText: () => Promise.resolve() },
    inputs: {
      find: (_, path) => {
        looks.set(path, (looks.get(path) ?? 0) + 1);
        return Promise.resolve().then(() => find(path, looks.get(path) ?? 0));
      },
    },
  };
  const notes: string[] = [];
  const work = findMedia(ports, payload, { signal: new AbortController().signal, note: (line) => void notes.push(line), onFound: () => undefined });
  work.catch(() => undefined);
  return { clock, looks, notes, work };
}

const missing = (path: string): never => {
  throw new AppError('media-missing', `${path} is not there.`);
};

test('a clip that is missing is looked for again after 1, 2 and 4 s, and found when it comes', async () => {
  const { clock, looks, notes, work } = world((path, count) => (path === 'b.mp4' && count < 3 ? missing(path) : `/${path}`));
  await clock.advance(1000);
  await clock.advance(2000);
  expect((await work).clips.map(({ path }) => path)).toEqual(['/a.mp4', '/b.mp4']);
  expect([looks.get('a.mp4'), looks.get('b.mp4'), notes.length]).toEqual([1, 3, 2]);
});

test('one that never comes fails after three more tries, and every missing file is named', async () => {
  const { clock, looks, work } = world(missing);
  for (const ms of [1000, 2000, 4000]) await clock.advance(ms);
  await expect(work).rejects.toMatchObject({ code: 'media-missing', retryable: false, details: { missing: ['a.mp4', 'b.mp4'] } });
  expect(looks.get('a.mp4')).toBe(4);
});

test('a path that is refused is not waited for; every one of them is named with its pointer', async () => {
  const { looks, work } = world((path) => {
    throw new AppError('path-not-granted', `${path} leaves its folder.`, { hint: 'Stay.' });
  });
  await expect(work).rejects.toMatchObject({ code: 'blueprint-invalid', details: { faults: [{ pointer: '/moves/0/video_path' }, { pointer: '/moves/1/video_path' }] } });
  expect(looks.get('a.mp4')).toBe(1);
});
