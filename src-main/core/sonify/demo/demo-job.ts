/** The demo: paints its own film, brings it into the library, analyses it, opens a project and renders it. */
import { z } from 'zod';

import type { Mapping } from '../../../contract/documents/mapping.ts';
import type { SonifyRequest, SonifyResult } from '../../../contract/documents/sonify.ts';
import type { JobContext, JobHandler, StageReport } from '../../jobs/job-handler.ts';
import type { RunOptions } from '../ports.ts';

export const DemoPayloadSchema = z.object({});

export interface DemoResult {
  readonly project_id: string;
  readonly media_id: string;
  readonly artifact_id: string;
}

export interface DemoPorts {
  /** The painted film in the library; painted once, found again afterwards. @returns its media id */
  film(options: RunOptions): Promise<string>;
  /** A new project with the film and the mapping. @returns its id */
  openProject(mediaId: string, mapping: Mapping): string;
  readonly mapping: () => Mapping;
  readonly sonify: JobHandler<SonifyRequest, SonifyResult>;
}

const PAINT = 'Painting the demo film';
const SONIFY = 'Turning it into sound';

/** A context whose stages are one stage of another job. */
function within(context: JobContext, stage: string, handler: JobHandler<SonifyRequest, SonifyResult>): JobContext {
  const done = new Map<string, number>();
  return {
    job: context.job,
    signal: context.signal,
    log: context.log,
    stage(name: string, value: number, report?: StageReport) {
      done.set(name, value);
      const sum = handler.stages.reduce((total, spec) => total + spec.weight * (done.get(spec.name) ?? 0), 0);
      context.stage(stage, Math.min(1, sum), { ...report, message: name });
    },
    note: (line) => context.note(line),
    command: (program, args) => context.command(program, args),
  };
}

export function demoHandler(ports: DemoPorts): JobHandler<z.infer<typeof DemoPayloadSchema>, DemoResult> {
  return {
    kind: 'demo',
    payload: DemoPayloadSchema,
    stages: [
      { name: PAINT, weight: 0.4 },
      { name: SONIFY, weight: 0.6 },
    ],
    lane: 'heavy',
    async run(_payload, context) {
      const mediaId = await ports.film({ signal: context.signal, onProgress: ({ done }) => context.stage(PAINT, done) });
      context.stage(PAINT, 1);
      const mapping = ports.mapping();
      const projectId = ports.openProject(mediaId, mapping);
      const request: SonifyRequest = {
        media_id: mediaId,
        mapping,
        performance_id: null,
        seed: 0,
        settings: { format: 'mp4', loudness: -14, original: 'drop', stems: false },
        project_id: projectId,
        output: null,
      };
      const result = await ports.sonify.run(request, within(context, SONIFY, ports.sonify));
      return { project_id: projectId, media_id: mediaId, artifact_id: result.artifact_id };
    },
  };
}
