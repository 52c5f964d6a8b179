/** Message of the analysis host about a clip's sound: `clipSound` answers its embedding. */
import { z } from 'zod';

import { EMBEDDING_DIMENSIONS } from '../documents/move.ts';
import { InputFileSchema, ProgramsSchema } from './analysis.ts';

export const ClipSoundInputSchema = z.object({ programs: ProgramsSchema, file: InputFileSchema });
export type ClipSoundInput = z.infer<typeof ClipSoundInputSchema>;
export const ClipSoundOutputSchema = z.object({ vector: z.instanceof(Float32Array).refine(({ length }) => length === EMBEDDING_DIMENSIONS.audio) });
export type ClipSoundOutput = z.infer<typeof ClipSoundOutputSchema>;
