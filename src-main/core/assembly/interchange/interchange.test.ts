import { expect, test } from 'vitest';

import { requireBlueprint } from '../blueprint/validate.ts';
import { edlOf } from './edl.ts';
import { otioOf } from './otio.ts';

const blueprint = requireBlueprint({
  task_id: 'dance-1',
  audio_path: 'songs/Amor.mp3',
  moves: [
    { clip_id: 'a', video_path: 'clips/a one.mp4', start_time: 0, duration: 4, trim_start: 1 },
    { clip_id: 'b', video_path: 'clips/b.mp4', start_time: 4, duration: 4, trim_start: 2, transition_type: 'crossfade', speed: 1.1 },
    { clip_id: 'c', video_path: 'clips/c.mp4', start_time: 8, duration: 2, transition_type: 'fade_black' },
    { clip_id: 'd', video_path: 'clips/d.mp4', start_time: 10, duration: 2 },
  ],
  total_duration: 12,
});

test('an EDL has every edit on its frame: dissolves from their first frame, black between fades, speed, names, the song', () => {
  const lines = edlOf(blueprint).split('\r\n').filter((line) => /^\d{3} |^\*|^M2/.test(line));
  expect(lines).toEqual([
    '001  AX       V     C        00:00:01:00 00:00:04:23 00:00:00:00 00:00:03:23',
    '* FROM CLIP NAME: clips/a one.mp4',
    '002  AX       V     C        00:00:04:23 00:00:04:23 00:00:03:23 00:00:03:23',
    '002  AX       V     D    015 00:00:01:22 00:00:06:02 00:00:03:23 00:00:07:21',
    '* FROM CLIP NAME: clips/b.mp4',
    'M2   AX       033.0                00:00:01:22',
    '003  AX       V     C        00:00:06:02 00:00:06:02 00:00:07:21 00:00:07:21',
    '003  BL       V     D    009 00:00:00:00 00:00:00:09 00:00:07:21 00:00:08:00',
    '004  BL       V     C        00:00:00:00 00:00:00:00 00:00:08:00 00:00:08:00',
    '004  AX       V     D    009 00:00:00:00 00:00:02:00 00:00:08:00 00:00:10:00',
    '* FROM CLIP NAME: clips/c.mp4',
    '* TRANSITION: fade_black',
    '005  AX       V     C        00:00:00:00 00:00:02:00 00:00:10:00 00:00:12:00',
    '* FROM CLIP NAME: clips/d.mp4',
    '006  AX       A     C        00:00:00:00 00:00:12:00 00:00:00:00 00:00:12:00',
    '* FROM CLIP NAME: songs/Amor.mp3',
  ]);
});

interface Item {
  OTIO_SCHEMA: string;
  name: string;
  source_range?: { duration: { value: number; rate: number }; start_time: { value: number } };
  in_offset?: { value: number };
  out_offset?: { value: number };
  media_references?: { DEFAULT_MEDIA: { target_url: string } };
}

test('an OpenTimelineIO document holds clips and transitions in order, as long as the film', () => {
  const { tracks } = JSON.parse(otioOf(blueprint)) as { tracks: { children: { kind: string; children: Item[] }[] } };
  const [video, audio] = tracks.children;
  expect(video?.children.map(({ OTIO_SCHEMA, name }) => `${OTIO_SCHEMA} ${name}`)).toEqual(['Clip.2 a', 'Transition.1 crossfade', 'Clip.2 b', 'Transition.1 fade_black', 'Clip.2 c', 'Clip.2 d']);
  expect(video?.children.reduce((sum, { source_range: range }) => sum + (range?.duration.value ?? 0), 0)).toBe(360);
  expect([video?.children[1]?.in_offset?.value, video?.children[1]?.out_offset?.value]).toEqual([7, 8]);
  expect(video?.children[0]?.media_references?.DEFAULT_MEDIA.target_url).toBe('clips/a%20one.mp4');
  expect([audio?.kind, audio?.children[0]?.source_range?.duration.value]).toEqual(['Audio', 360]);
});
