/**
 * The one event stream of a window. State events are never dropped and carry a rising sequence number; `since` sends
 * what changed after it, or a `reset` when that is no longer known (the client then loads its lists again).
 * High-rate topics are coalesced to the newest value and dropped under backlog.
 */
import { z } from 'zod';

import { JobSchema } from './documents/job.ts';
import { MediaItemSchema } from './documents/media-item.ts';
import { LiveFrameSchema, SessionSchema } from './documents/session.ts';
import { SongSummarySchema } from './documents/song.ts';
import { IdSchema } from './ids.ts';

export const TOPICS = ['jobs', 'media', 'projects', 'features', 'songs', 'live', 'library', 'system'] as const;
/** A change of more moves is told without naming them. */
export const MOST_CHANGED_MOVES = 200;
export type Topic = (typeof TOPICS)[number];

export const EventSchema = z.discriminatedUnion('type', [
  /** `seq` is the newest sequence number; sent first on every stream. */
  z.object({ type: z.literal('hello'), topic: z.literal('system'), seq: z.number().int() }),
  z.object({ type: z.literal('reset'), topic: z.literal('system'), seq: z.number().int() }),
  z.object({ type: z.literal('job-changed'), topic: z.literal('jobs'), seq: z.number().int(), job: JobSchema }),
  z.object({ type: z.literal('job-dismissed'), topic: z.literal('jobs'), seq: z.number().int(), job_id: IdSchema }),
  z.object({ type: z.literal('media-changed'), topic: z.literal('media'), seq: z.number().int(), item: MediaItemSchema }),
  z.object({ type: z.literal('project-changed'), topic: z.literal('projects'), seq: z.number().int(), project_id: IdSchema, project_seq: z.number().int() }),
  z.object({ type: z.literal('project-list-changed'), topic: z.literal('projects'), seq: z.number().int() }),
  z.object({ type: z.literal('artifact-added'), topic: z.literal('projects'), seq: z.number().int(), artifact_id: IdSchema, media_id: IdSchema.nullable() }),
  z.object({ type: z.literal('song-changed'), topic: z.literal('songs'), seq: z.number().int(), song: SongSummarySchema }),
  z.object({ type: z.literal('session-changed'), topic: z.literal('live'), seq: z.number().int(), session: SessionSchema }),
  z.object({ type: z.literal('session-closed'), topic: z.literal('live'), seq: z.number().int(), session_id: IdSchema }),
  /** Moves were added, labelled, analysed or removed; without ids the folders changed, or more moves than are worth naming. */
  z.object({ type: z.literal('moves-changed'), topic: z.literal('library'), seq: z.number().int(), ids: z.array(IdSchema).max(MOST_CHANGED_MOVES) }),
  /** High rate: what a sounding session sounds like. */
  z.object({ type: z.literal('live-frame'), topic: z.literal('live'), frame: LiveFrameSchema }),
  /** High rate: progress of a job (also inside job-changed when its state or stage changes). */
  z.object({
    type: z.literal('job-progress'),
    topic: z.literal('jobs'),
    job_id: IdSchema,
    stage: z.string().nullable(),
    progress: z.number(),
    speed: z.number().nullable(),
    eta_s: z.number().nullable(),
  }),
  /** High rate: feature frames of an item stored so far. */
  z.object({ type: z.literal('features-grew'), topic: z.literal('features'), media_id: IdSchema, frames: z.number().int(), until_s: z.number() }),
]);
export type KinetoneEvent = z.infer<typeof EventSchema>;

type Without<T, K extends string> = T extends unknown ? Omit<T, K> : never;
/** A state event before the hub numbers it. */
export type StateEvent = Without<Extract<KinetoneEvent, { seq: number }>, 'seq'>;
/** A coalesced event; the newest with the same `type` and subject replaces an unsent one. */
export type RateEvent = Exclude<KinetoneEvent, { seq: number }>;
