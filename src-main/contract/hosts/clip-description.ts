/** Message of the analysis host about a clip's movement: `describeClip` answers what its features and its poses say. */
import { z } from 'zod';

import { DIFFICULTIES, EMBEDDING_DIMENSIONS, ENERGY_LEVELS } from '../documents/move.ts';
import { PoseSeriesSchema } from '../documents/pose.ts';

/** The features are asked for chunk by chunk (`features.chunk`). */
export const DescribeClipInputSchema = z.object({ media_id: z.string().min(1), poses: PoseSeriesSchema.nullable() });
export type DescribeClipInput = z.infer<typeof DescribeClipInputSchema>;

/** Dancers × 17 × (x, y), as documents keep it. */
const EdgePoseSchema = z.object({ dancers: z.number().int(), joints: z.array(z.number()) }).nullable();

export const ClipDescriptionSchema = z.object({
  /** What the embedding is made from: the optical flow where no dancer was seen. */
  seen_by: z.enum(['poses', 'flow']),
  /** Of the pose, 512 floats of norm 1, or all zero. */
  embedding: z.instanceof(Float32Array).refine(({ length }) => length === EMBEDDING_DIMENSIONS.pose),
  /** Mean movement of the clip, its first and its last second, fractions of the picture's diagonal a second. */
  movement: z.number(),
  start_movement: z.number(),
  end_movement: z.number(),
  start_pose: EdgePoseSchema,
  end_pose: EdgePoseSchema,
  difficulty: z.enum(DIFFICULTIES),
  energy_level: z.enum(ENERGY_LEVELS),
  /** Beats per minute, whole; null where nothing repeats. */
  tempo: z.number().nullable(),
  /** JSON of MoveCurves: it is stored as it is, and checked when it is read. */
  curves: z.string(),
});
export type ClipDescription = z.infer<typeof ClipDescriptionSchema>;
