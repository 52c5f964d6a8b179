/**
 * A blueprint as an OpenTimelineIO document. Pure. Source: the OpenTimelineIO schemas Timeline.1, Stack.1, Track.1, Clip.2,
 * Transition.1, LinearTimeWarp.1, ExternalReference.1.
 */
import type { Blueprint } from '../../../contract/documents/blueprint.ts';
import { framesOf } from '../../../contract/units.ts';
import type { PlacedClip } from '../timeline/timeline.ts';
import { statedTimeline } from './edl.ts';

type Json = Record<string, unknown>;

const MEDIA = 'DEFAULT_MEDIA';

/** A relative URL: names may hold any character. */
const urlOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

export function otioOf(blueprint: Blueprint): string {
  const { rate, clips, frames } = statedTimeline(blueprint);
  const perSecond = rate.numerator / rate.denominator;
  const time = (value: number): Json => ({ OTIO_SCHEMA: 'RationalTime.1', rate: perSecond, value });
  const range = (start: number, duration: number): Json => ({ OTIO_SCHEMA: 'TimeRange.1', start_time: time(start), duration: time(duration) });
  const clipOf = (name: string, path: string, sourceRange: Json, effects: Json[], metadata: Json): Json => ({
    OTIO_SCHEMA: 'Clip.2',
    name,
    source_range: sourceRange,
    effects,
    markers: [],
    enabled: true,
    media_references: { [MEDIA]: { OTIO_SCHEMA: 'ExternalReference.1', name: path, target_url: urlOf(path), available_range: null, available_image_bounds: null, metadata: {} } },
    active_media_reference_key: MEDIA,
    metadata: { kinetone: metadata },
  });
  const children = clips.flatMap(({ move: index, start, end, into }: PlacedClip): Json[] => {
    const move = blueprint.moves[index];
    if (!move) return [];
    const warp = move.speed === 1 ? [] : [{ OTIO_SCHEMA: 'LinearTimeWarp.1', name: '', effect_name: 'LinearTimeWarp', time_scalar: move.speed, metadata: {} }];
    const clip = clipOf(move.clip_id, move.video_path, range(framesOf(move.trim_start, rate), end - start), warp, { volume_adjustment: move.volume_adjustment });
    if (into === null) return [clip];
    const type = into.kind === 'crossfade' ? 'SMPTE_Dissolve' : 'Custom_Transition';
    return [{ OTIO_SCHEMA: 'Transition.1', name: into.kind, transition_type: type, in_offset: time(into.before), out_offset: time(into.after), metadata: { kinetone: { kind: into.kind } } }, clip];
  });
  const track = (name: string, kind: string, items: Json[]): Json => ({ OTIO_SCHEMA: 'Track.1', name, kind, source_range: null, effects: [], markers: [], enabled: true, children: items, metadata: {} });
  const song = blueprint.audio_path !== null && blueprint.output_config.add_audio_overlay ? [track('Song', 'Audio', [clipOf('song', blueprint.audio_path, range(0, frames), [], {})])] : [];
  const stack = { OTIO_SCHEMA: 'Stack.1', name: 'tracks', source_range: null, effects: [], markers: [], enabled: true, children: [track('Moves', 'Video', children), ...song], metadata: {} };
  const document = { OTIO_SCHEMA: 'Timeline.1', name: blueprint.task_id, global_start_time: null, tracks: stack, metadata: { kinetone: { audio_tempo: blueprint.audio_tempo, generation_parameters: blueprint.generation_parameters } } };
  return `${JSON.stringify(document, null, 2)}\n`;
}
