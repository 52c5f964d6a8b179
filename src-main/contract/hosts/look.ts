/** Messages of the vision host about single frames: `look` at one of a session’s, `forget` the session. */
import { z } from 'zod';

import { featureLayout } from '../feature-layout.ts';
import { IdSchema } from '../ids.ts';

const side = z.number().int().min(2).max(65_534).multipleOf(2);

export const LookInputSchema = z.object({
  session_id: IdSchema,
  frame: z.number().int().min(0),
  /** Seconds. */
  timestamp: z.number().min(0),
  width: side,
  height: side,
  /** width*height*3/2: planar YUV 4:2:0, full range BT.601. */
  planes: z.instanceof(Uint8Array),
  with_overlay: z.boolean(),
});
export type LookInput = z.infer<typeof LookInputSchema>;

export const LookOutputSchema = z.object({
  /** 53 floats, feature-layout.ts */
  row: z.instanceof(Float32Array).refine((row) => row.length === featureLayout.columns),
  /** contract/overlay.ts; null unless asked for. */
  overlay: z.instanceof(Uint8Array).nullable(),
});
export type LookOutput = z.infer<typeof LookOutputSchema>;

export const ForgetInputSchema = z.object({ session_id: IdSchema });
