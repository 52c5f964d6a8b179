import { expect, test } from 'vitest';

import type { AppError } from '../../../contract/errors.ts';
import { parseBlueprint, validateBlueprint } from './validate.ts';

/** The seed's own example, cut to two moves. */
const seed = {
  task_id: 'abc-123',
  audio_path: 'data/songs/Amor.mp3',
  audio_tempo: 129.2,
  moves: [
    { clip_id: 'move_1', video_path: 'data/Bachata_steps/body_roll/body_roll_1.mp4', start_time: 0, duration: 8, transition_type: 'cut', original_duration: 8, trim_start: 0, trim_end: 0, volume_adjustment: 1 },
    { clip_id: 'move_2', video_path: 'data/Bachata_steps/body_roll/body_roll_3.mp4', start_time: 8, duration: 8, transition_type: 'crossfade', original_duration: 8, trim_start: 0, trim_end: 0, volume_adjustment: 1 },
  ],
  total_duration: 16,
  difficulty_level: 'intermediate',
  generation_timestamp: '2025-11-09T00:00:00Z',
  generation_parameters: { energy_level: 'high', style: 'modern', user_id: 1 },
  output_config: {
    output_path: 'data/output/choreography_{task_id}.mp4',
    output_format: 'mp4',
    video_codec: 'libx264',
    audio_codec: 'aac',
    video_bitrate: '2M',
    audio_bitrate: '128k',
    frame_rate: 30,
    transition_duration: 0.5,
    fade_duration: 0.3,
    add_audio_overlay: true,
    normalize_audio: true,
  },
};
const faults = (document: unknown): string[] => validateBlueprint(document).faults.map(({ pointer, message }) => `${pointer}: ${message}`);

test('a blueprint of the seed’s schema is taken as it is, and comes back from JSON the same', () => {
  const { blueprint } = validateBlueprint(seed);
  expect(blueprint).toMatchObject({ ...seed, version: '1.0', roots: {} });
  expect(parseBlueprint(JSON.stringify(blueprint))).toEqual(blueprint);
});

test('the seed’s short form becomes the full one: cuts throughout, the seed’s own output settings', () => {
  const short = {
    task_id: 'abc-123',
    song: { path: 'data/songs/Amor.mp3', duration: 232.96 },
    moves_used: seed.moves.map(({ clip_id, video_path, start_time, duration }) => ({ clip_id, video_path, start_time, duration })),
    video_output: { output_path: 'data/output/choreography_abc-123.mp4' },
  };
  const { blueprint } = validateBlueprint(short);
  expect(blueprint?.moves.map((move) => [move.transition_type, move.speed])).toEqual([['cut', 1], ['cut', 1]]);
  expect([blueprint?.total_duration, blueprint?.audio_path]).toEqual([16, 'data/songs/Amor.mp3']);
  expect(blueprint?.output_config).toMatchObject({ ...seed.output_config, output_path: 'data/output/choreography_abc-123.mp4' });
});

test('faults of a short form point into the short form', () => {
  const found = faults({ task_id: 'x', song: { path: '/etc/passwd' }, moves_used: [{ clip_id: 'a', video_path: '../a.mp4', start_time: 0, duration: 1 }] });
  expect(found.map((line) => line.split(':')[0])).toEqual(['/song/path', '/moves_used/0/video_path']);
});

test('every fault is named at once, each with its pointer and a hint', () => {
  const [first, second] = seed.moves;
  const broken = {
    ...seed,
    version: '9.0',
    audio_path: 'concat:a.mp3|b.mp3',
    moves: [{ ...first, duration: -1 }, { ...second, clip_id: 'move_1', video_path: '../../etc/passwd', start_time: 9, volume_adjustment: 2 }, 'nonsense'],
    total_duration: 40,
    output_config: { ...seed.output_config, video_codec: 'libx265', output_path: '\\\\server\\share\\out.mp4', width: 640 },
  };
  const { faults: found } = validateBlueprint(broken);
  expect(found.map(({ pointer }) => pointer).sort()).toEqual(
    ['/audio_path', '/moves/0/duration', '/moves/1/clip_id', '/moves/1/start_time', '/moves/1/video_path', '/moves/1/volume_adjustment', '/moves/2', '/output_config/height', '/output_config/output_path', '/output_config/video_codec', '/version'].sort(),
  );
  expect(found.every(({ message, hint }) => message.length > 5 && hint.length > 5)).toBe(true);
});

test.each([
  ['a gap', [0, 2.5], 4.5, '/moves/1/start_time'],
  ['an overlap', [0, 1.5], 3.5, '/moves/1/start_time'],
  ['the wrong order', [0, -1], 2, '/moves/1/start_time'],
  ['a late first move', [1, 3], 5, '/moves/0/start_time'],
  ['a total that does not fit', [0, 2], 9, '/total_duration'],
])('%s between moves is a fault', (_, starts, total, pointer) => {
  const moves = starts.map((start_time, i) => ({ clip_id: `m${i}`, video_path: `${i}.mp4`, start_time, duration: 2 }));
  expect(validateBlueprint({ task_id: 't', audio_path: null, moves, total_duration: total }).faults.map((fault) => fault.pointer)).toContain(pointer);
});

test.each([
  ['{"task_id":', 'not JSON'],
  ['[]', 'JSON object'],
  ['null', 'JSON object'],
  ['{}', '/moves: this field is missing'],
])('%s is refused with a reason', (text, says) => {
  expect(() => parseBlueprint(text)).toThrow(says);
});

test('the error carries every fault for programs', () => {
  try {
    parseBlueprint('{}');
    expect.unreachable();
  } catch (error) {
    const { code, details } = error as AppError;
    expect([code, (details as { faults: unknown[] }).faults.length > 2]).toEqual(['blueprint-invalid', true]);
  }
});
