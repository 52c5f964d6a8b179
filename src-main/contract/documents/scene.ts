/** Scene: a mapping kept to be recalled on stage, at once or over a morph. */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { MappingSchema } from './mapping.ts';

export const MOST_SCENES = 16;
export const MOST_MORPH_MS = 120_000;

export const SceneSchema = z.object({
  id: IdSchema,
  name: z.string().min(1).max(40),
  mapping: MappingSchema,
  /** How long the sound takes to go over to it. */
  morph_ms: z.number().min(0).max(MOST_MORPH_MS),
});
export type Scene = z.infer<typeof SceneSchema>;
