/** Artifact: a file a job made, with its provenance (no paths). */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';

/** What the check after a render found: a row per check. */
export const VerificationSchema = z.object({
  checks: z.array(
    z.object({
      name: z.string(),
      passed: z.boolean(),
      expected: z.string(),
      measured: z.string(),
    }),
  ),
});

export const ArtifactSchema = z.object({
  id: IdSchema,
  kind: z.enum(['film', 'audio', 'stem', 'preview', 'performance']),
  name: z.string(),
  mime_type: z.string(),
  size_bytes: z.number().int(),
  duration_s: z.number().nullable(),
  media_id: IdSchema.nullable(),
  project_id: IdSchema.nullable(),
  job_id: IdSchema.nullable(),
  provenance: z.record(z.string(), z.union([z.string(), z.number()])),
  verification: VerificationSchema.nullable(),
  created_at: z.iso.datetime(),
});

export type Artifact = z.infer<typeof ArtifactSchema>;
export type Verification = z.infer<typeof VerificationSchema>;
