/** The seed's short form as the full one. Its output settings are those of the seed's own example. Pure. */
import type { ShortBlueprint } from '../../../contract/documents/blueprint.ts';

/** What the seed's full form states where the short one is silent. */
const SEED_OUTPUT = {
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
} as const;

export function isShortForm(document: object): document is Record<string, unknown> {
  return 'moves_used' in document && !('moves' in document);
}

/** Where a pointer into the full form lies in the short one it was made of. */
export function pointerInShortForm(pointer: string): string {
  const renamed = pointer
    .replace(/^\/moves(?=\/|$)/, '/moves_used')
    .replace(/^\/audio_path$/, '/song/path')
    .replace(/^\/output_config\/output_path$/, '/video_output/output_path');
  return renamed;
}

/** @returns a document for BlueprintSchema: `total_duration` is where the last move ends, cuts throughout, no trims. */
export function upgraded(short: ShortBlueprint): Record<string, unknown> {
  return {
    task_id: short.task_id,
    audio_path: short.song.path,
    moves: short.moves_used.map((move) => ({ ...move, transition_type: 'cut', original_duration: null, trim_start: 0, trim_end: 0, volume_adjustment: 1 })),
    total_duration: Math.max(...short.moves_used.map((move) => move.start_time + move.duration)),
    output_config: { ...SEED_OUTPUT, output_path: short.video_output?.output_path ?? null },
  };
}
