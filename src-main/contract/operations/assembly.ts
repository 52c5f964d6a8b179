/** Operations of assembly: a blueprint checked, and assembled as a job. */
import { z } from 'zod';

import { AssembleRequestSchema, AssemblyEstimateSchema, BlueprintCheckSchema } from '../documents/assembly.ts';
import { IdSchema } from '../ids.ts';
import { MAX_PLAN_BYTES } from '../limits.ts';
import { operations } from '../operation.ts';

export const assemblyOperations = operations({
  checkBlueprint: {
    method: 'POST',
    path: '/api/blueprints/check',
    summary: 'Every fault of a blueprint at once, or its full form.',
    body: z.object({ blueprint: z.unknown() }),
    mostBytes: MAX_PLAN_BYTES,
    response: BlueprintCheckSchema,
  },
  exportBlueprint: {
    method: 'POST',
    path: '/api/blueprints/export',
    summary: 'A blueprint for an editor: an edit decision list (CMX 3600) or an OpenTimelineIO document.',
    body: z.object({ blueprint: z.unknown(), format: z.enum(['edl', 'otio']) }),
    mostBytes: MAX_PLAN_BYTES,
    responseKind: 'file',
  },
  estimateAssembly: {
    method: 'POST',
    path: '/api/assemblies/estimate',
    summary: 'Time, size and disk of an assembly on this machine, from a sample encoded now.',
    body: AssembleRequestSchema,
    mostBytes: MAX_PLAN_BYTES,
    response: AssemblyEstimateSchema,
  },
  startAssembly: {
    method: 'POST',
    path: '/api/assemblies',
    summary: 'Assemble a blueprint as a job. A page in the browser names no folders and no paths to write.',
    body: AssembleRequestSchema,
    mostBytes: MAX_PLAN_BYTES,
    response: z.object({ job_id: IdSchema }),
    status: 202,
  },
});
