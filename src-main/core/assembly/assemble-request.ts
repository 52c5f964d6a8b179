/** An assembly as a job for the queue: its words, its place, and what makes two of them the same. Pure. */
import { createHash } from 'node:crypto';

import type { AssemblePayload } from '../../contract/documents/assembly.ts';
import type { AssemblyPreset, Blueprint } from '../../contract/documents/blueprint.ts';
import { assemblyText } from '../../contract/text/en/assembly.ts';
import type { EnqueueRequest } from '../jobs/job-handler.ts';

/** A preset names size and effort; a bitrate of the blueprint made for another size goes with it. */
export function withPreset(blueprint: Blueprint, preset: AssemblyPreset | null): Blueprint {
  if (preset === null) return blueprint;
  return { ...blueprint, output_config: { ...blueprint.output_config, preset, width: null, height: null, video_bitrate: null } };
}

/** `{task_id}` in the path the blueprint asks for. */
export function outputPathOf({ task_id: id, output_config: { output_path: path } }: Blueprint): string | null {
  return path?.replaceAll('{task_id}', id) ?? null;
}

export function assembleJob(payload: AssemblePayload): EnqueueRequest {
  return {
    kind: 'assemble',
    title: assemblyText.title(payload.blueprint.task_id),
    payload,
    priority: 10,
    // The same request again, after a kill or by a second click, finds the job instead of doing the work twice.
    dedupeKey: `assemble:${createHash('sha256').update(JSON.stringify(payload)).digest('hex')}`,
    ...(payload.project_id === null ? {} : { projectId: payload.project_id }),
  };
}
