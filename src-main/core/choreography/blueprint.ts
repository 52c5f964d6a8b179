/** A plan as a blueprint: the same borders, in-points, speeds and transitions, with the paths of the library. Pure. */
import { type Blueprint, BlueprintSchema } from '../../contract/documents/blueprint.ts';
import type { ChoreographyExport, Plan, PlanSegment } from '../../contract/documents/choreography.ts';
import { PLANNER_VERSION } from '../../contract/limits.ts';
import type { BlueprintFile } from './ports.ts';

export interface BlueprintParts {
  readonly taskId: string;
  readonly export: ChoreographyExport;
  readonly song: BlueprintFile;
  readonly clip: (moveId: string) => BlueprintFile;
}

/** What a film of a song is called: the letters a task may have, as near to the song's name as they allow, without a file's ending. */
export function filmName(song: string): string {
  const letters = song.replace(/\.(mp3|wav|flac|ogg|oga|opus|m4a|aac|aiff?|wma|mp4|mov|mkv|webm)$/i, '').normalize('NFKD').replaceAll(/\p{M}+/gu, '').replaceAll(/[^A-Za-z0-9]+/g, '-').replaceAll(/^-|-$/g, '').slice(0, 48);
  return `${letters === '' ? 'song' : letters}-dance`;
}

/** Microseconds are finer than any frame and readable. */
const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/** @throws ZodError where the plan is no film: the caller checks its faults first. */
export function planToBlueprint(plan: Plan, { taskId, export: settings, song, clip }: BlueprintParts): Blueprint {
  const files = new Map(plan.segments.map(({ move_id: id }) => [id, clip(id)]));
  const roots = [song, ...files.values()].flatMap(({ root }) => (root === null ? [] : [[root.name, root.folder] as const]));
  return BlueprintSchema.parse({
    task_id: taskId,
    audio_path: song.path,
    audio_tempo: plan.tempo,
    moves: plan.segments.map((segment) => moveOf(segment, files.get(segment.move_id)?.path ?? segment.path, settings)),
    total_duration: rounded(plan.duration_s),
    difficulty_level: plan.parameters.difficulty,
    generation_timestamp: plan.created_at,
    generation_parameters: {
      energy_level: plan.parameters.energy_level,
      style: plan.parameters.style,
      seed: plan.seed,
      planner: plan.source,
      planner_version: PLANNER_VERSION,
      is_random: plan.source === 'random',
      score: rounded(plan.score.total),
      moves: Object.fromEntries(plan.segments.map(({ id, move_id: move }) => [id, move])),
    },
    output_config: {
      output_format: settings.format,
      frame_rate: settings.frame_rate,
      transition_duration: plan.parameters.transition_s,
      preset: settings.preset,
      fit: settings.fit,
      add_audio_overlay: true,
      normalize_audio: settings.loudness !== 'off',
      ...(settings.loudness === 'off' ? {} : { loudness_lufs: settings.loudness }),
    },
    roots: Object.fromEntries(roots),
  });
}

function moveOf(segment: PlanSegment, path: string, { clip_volume: volume }: ChoreographyExport): object {
  const start = rounded(segment.start_s);
  return {
    clip_id: segment.id,
    video_path: path,
    start_time: start,
    duration: rounded(rounded(segment.end_s) - start),
    transition_type: segment.transition,
    original_duration: segment.clip_s,
    trim_start: rounded(segment.in_s),
    trim_end: 0,
    volume_adjustment: volume,
    speed: segment.speed,
  };
}
