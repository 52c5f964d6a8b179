/** Operations of assembly: a blueprint checked, and assembled as a job. */
import { z } from 'zod';

import { AssembleRequestSchema, BlueprintCheckSchema } from '../documents/assembly.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

export const assemblyOperations = operations({
  checkBlueprint: {
    method: 'POST',
    path: '/api/blueprints/check',
    summary: 'Every fault of a blueprint at once, or its full form.',
    body: z.object({ blueprint: z.unknown() }),
    response: BlueprintCheckSchema,
  },
  startAssembly: {
    method: 'POST',
    path: '/api/assemblies',
    summary: 'Assemble a blueprint as a job. A page in the browser names no folders and no paths to write.',
    body: AssembleRequestSchema,
    response: z.object({ job_id: IdSchema }),
    status: 202,
  },
});
