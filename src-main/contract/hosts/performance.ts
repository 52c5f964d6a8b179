/** Messages of the sound host about recorded performances: `replay` and `inspectPerformance`. */
import { z } from 'zod';

import { FilmPlaceSchema, PerformanceHeadSchema } from '../documents/performance.ts';

const path = z.string().min(1);

export const ReplayInputSchema = z.object({
  events_path: path,
  /** In samples since the instrument began; everything before is rendered and not written. */
  first_sample: z.number().int().min(0),
  samples: z.number().int().positive(),
  premaster_path: path,
  /** Bass, rhythm, atmosphere; null when no stems are wanted. */
  stem_paths: z.tuple([path, path, path]).nullable(),
});
export type ReplayInput = z.infer<typeof ReplayInputSchema>;

export const InspectPerformanceInputSchema = z.object({ events_path: path });
export const InspectPerformanceOutputSchema = z.object({ head: PerformanceHeadSchema, film: z.array(FilmPlaceSchema) });
export type InspectPerformanceOutput = z.infer<typeof InspectPerformanceOutputSchema>;
