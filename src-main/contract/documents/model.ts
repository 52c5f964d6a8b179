/** Models that may be added: what Kinetone knows of each (models/manifest.json, shipped), and what of them is on this machine. */
import { z } from 'zod';

import { ErrorBodySchema } from '../errors.ts';
import { IdSchema } from '../ids.ts';

export const TensorSchema = z.object({
  name: z.string().min(1),
  type: z.enum(['float32', 'int64']),
  /** null: any length. */
  shape: z.array(z.number().int().positive().nullable()),
});
export type Tensor = z.infer<typeof TensorSchema>;

export const ModelFileSchema = z.object({
  name: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/),
  size_bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Of a network; other files have neither. */
  inputs: z.array(TensorSchema).optional(),
  outputs: z.array(TensorSchema).optional(),
});
export type ModelFile = z.infer<typeof ModelFileSchema>;

export const MODEL_PURPOSES = ['beats', 'pose', 'person-mask', 'faces', 'objects', 'voice', 'sounds', 'notes'] as const;

export const ModelSpecSchema = z.object({
  id: IdSchema,
  name: z.string().min(1),
  purpose: z.enum(MODEL_PURPOSES),
  version: z.string().min(1),
  files: z.array(ModelFileSchema).min(1),
  licence: z.object({
    /** SPDX. */
    id: z.string().min(1),
    /** Shown wherever the model is. */
    attribution: z.string().min(1),
    url: z.url(),
  }),
  source: z.object({ repository: z.url(), path: z.string().min(1) }),
});
export type ModelSpec = z.infer<typeof ModelSpecSchema>;

export const ModelManifestSchema = z
  .object({ version: z.literal(1), models: z.array(ModelSpecSchema) })
  .refine(({ models }) => new Set(models.map(({ id }) => id)).size === models.length, 'two models have one id');
export type ModelManifest = z.infer<typeof ModelManifestSchema>;

export const MODEL_STATES = ['present', 'incomplete', 'absent', 'changed'] as const;

export const ModelSchema = ModelSpecSchema.extend({
  /** `incomplete`: some of its files are there; `changed`: a file is not what was added. */
  state: z.enum(MODEL_STATES),
  /** Names of files that are not there. */
  missing_files: z.array(z.string()),
});
export type Model = z.infer<typeof ModelSchema>;

export const AddedModelsSchema = z.object({
  /** Models of which files were recognised and are there now. */
  models: z.array(ModelSchema),
  rejected: z.array(z.object({ name: z.string(), error: ErrorBodySchema })),
});
export type AddedModels = z.infer<typeof AddedModelsSchema>;

export const VerifiedModelSchema = z.object({ model: ModelSchema, error: ErrorBodySchema.nullable() });
export type VerifiedModel = z.infer<typeof VerifiedModelSchema>;
