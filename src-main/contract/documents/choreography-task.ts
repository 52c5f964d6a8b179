/** The bodies and states of the seed's choreography routes. A task is a job; its id is the job's. */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { DIFFICULTIES, ENERGY_LEVELS } from './move.ts';

/** The number of a song, or its id. */
export const SongReferenceSchema = z.union([z.number().int().positive(), IdSchema]);

const TaskOptionsSchema = z.object({
  seed: z.number().int().min(0).max(0xffff_ffff).default(0),
});

export const GenerateFromSongSchema = TaskOptionsSchema.extend({
  song_id: SongReferenceSchema,
  difficulty: z.enum(DIFFICULTIES).optional(),
  energy_level: z.enum(ENERGY_LEVELS).optional(),
  style: z.string().min(1).max(80).optional(),
});

export const GenerateWithAiSchema = TaskOptionsSchema.extend({
  query: z.string().min(1).max(2000),
  /** Instead of the song that is chosen by the words. */
  song_id: SongReferenceSchema.optional(),
  /** This request may go to Gemini, where it is configured and allowed in the settings. */
  use_gemini: z.boolean().default(false),
});

export const TASK_STATES = ['pending', 'running', 'completed', 'failed', 'cancelled'] as const;

export const TaskStartedSchema = z.object({ task_id: IdSchema, status: z.enum(TASK_STATES) });

export const TaskResultSchema = z.object({
  video_url: z.string(),
  /** Seconds. */
  duration: z.number(),
  /** Bytes. */
  file_size: z.number().int(),
});

export const ChoreographyTaskSchema = z.object({
  task_id: IdSchema,
  status: z.enum(TASK_STATES),
  /** 0..100 */
  progress: z.number().min(0).max(100),
  stage: z.string().nullable(),
  message: z.string().nullable(),
  error: z.string().nullable(),
  song_id: IdSchema.nullable(),
  /** The three of the result once more, null until it is there. */
  video_url: z.string().nullable(),
  duration: z.number().nullable(),
  file_size: z.number().int().nullable(),
  result: TaskResultSchema.nullable(),
});

export type GenerateFromSong = z.infer<typeof GenerateFromSongSchema>;
export type GenerateWithAi = z.infer<typeof GenerateWithAiSchema>;
export type ChoreographyTask = z.infer<typeof ChoreographyTaskSchema>;
