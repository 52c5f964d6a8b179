/** Message of the vision host about a camera of this machine: `camera` runs until it is given up or the camera ends. */
import { z } from 'zod';

import { featureLayout } from '../feature-layout.ts';
import { ProgramsSchema } from './analysis.ts';

export const CameraInputSchema = z.object({
  programs: ProgramsSchema,
  /** FFmpeg’s arguments up to and with `-i`. */
  input: z.array(z.string()).min(2),
});
export type CameraInput = z.infer<typeof CameraInputSchema>;

/** Event of `camera`: a frame was seen. */
export const CameraRowSchema = z.object({
  frame: z.number().int().min(0),
  /** Capture time, seconds from the first frame. */
  timestamp: z.number().min(0),
  row: z.instanceof(Float32Array).refine((row) => row.length === featureLayout.columns),
});
export type CameraRow = z.infer<typeof CameraRowSchema>;
export const CameraAnswerSchema = z.object({ frames: z.number().int() });
