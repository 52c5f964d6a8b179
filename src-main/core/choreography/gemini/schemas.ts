/** What a proposer may answer, strictly: anything else is nonsense. */
import { z } from 'zod';

import { PLAN_TRANSITIONS, TEMPO_PREFERENCES } from '../../../contract/documents/choreography.ts';
import { DIFFICULTIES, ENERGY_LEVELS } from '../../../contract/documents/move.ts';

const word = z.string().min(1).max(80).regex(/^[\p{L}\p{N} '’-]+$/u);

export const ProposedRequestSchema = z.strictObject({
  difficulty: z.enum(DIFFICULTIES).nullable(),
  energy_level: z.enum(ENERGY_LEVELS).nullable(),
  style: word.nullable(),
  mood: word.nullable(),
  prefer: z.array(word).max(20),
  avoid: z.array(word).max(20),
  transition: z.enum(PLAN_TRANSITIONS).nullable(),
  tempo: z.enum(TEMPO_PREFERENCES).nullable(),
  song_words: z.array(word).max(20),
});

/** Numbers of the lists in the question: names never come back, so nothing in a name can be obeyed. */
export const ProposedSequenceSchema = z.strictObject({
  sequence: z.array(z.strictObject({ segment: z.number().int().min(0).max(5000), move: z.number().int().min(0).max(100_000) })).max(5000),
});
export type ProposedRequest = z.infer<typeof ProposedRequestSchema>;
