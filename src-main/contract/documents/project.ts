/**
 * Project: a user's saved work. Each edit is a named command: a list of patches (RFC 6902 add, replace, remove) whose
 * inverse is computed when it is applied; the journal of commands is undo, autosave, recovery and history in one.
 */
import { z } from 'zod';

import { IdSchema } from '../ids.ts';
import { ChoreographyExportSchema, ChoreographyParametersSchema, ParsedRequestSchema, PlanSchema } from './choreography.ts';
import { MappingSchema } from './mapping.ts';
import { MOST_SCENES, SceneSchema } from './scene.ts';
import { ExportSettingsSchema, SeedSchema } from './sonify.ts';

export const PROJECT_KINDS = ['sonify', 'choreography', 'music-video', 'text-to-video'] as const;

export const SonifyDocumentSchema = z.object({
  version: z.literal(1),
  kind: z.literal('sonify'),
  media_id: IdSchema.nullable(),
  mapping: MappingSchema,
  /** The second version to compare with; null when there is none. */
  compared: MappingSchema.nullable(),
  seed: SeedSchema,
  /** The selected range of the film. */
  range: z.object({ start_s: z.number().min(0), end_s: z.number().positive() }).nullable(),
  markers: z.array(z.object({ id: IdSchema, at_s: z.number().min(0), label: z.string().max(80) })).max(1000),
  /** For the stage, in the order of their keys. */
  scenes: z.array(SceneSchema).max(MOST_SCENES).default([]),
  export: ExportSettingsSchema,
  /** The newest rendered result. */
  result_artifact_id: IdSchema.nullable(),
});

export const ChoreographyDocumentSchema = z.object({
  version: z.literal(1),
  kind: z.literal('choreography'),
  /** The song. */
  media_id: IdSchema.nullable(),
  /** The description, as it was written. */
  text: z.string().max(2000),
  /** What was understood of it. */
  request: ParsedRequestSchema.nullable(),
  /** What the next plan is made with. */
  parameters: ChoreographyParametersSchema,
  seed: SeedSchema,
  plan: PlanSchema.nullable(),
  export: ChoreographyExportSchema,
  /** The newest rendered result. */
  result_artifact_id: IdSchema.nullable(),
});

export const ProjectDocumentSchema = z.discriminatedUnion('kind', [SonifyDocumentSchema, ChoreographyDocumentSchema]);

export const PatchSchema = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: z.string().max(400), value: z.unknown() }),
  z.object({ op: z.literal('replace'), path: z.string().max(400), value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: z.string().max(400) }),
]);

export const CommandSchema = z.object({
  /** As the Edit menu and the history say it: "Change wobble rate". */
  label: z.string().min(1).max(120),
  patches: z.array(PatchSchema).min(1).max(200),
  /** Commands with the same key that follow one another within a second become one undo step (a knob being dragged). */
  merge_key: z.string().max(120).optional(),
});

export const ProjectSchema = z.object({
  id: IdSchema,
  kind: z.enum(PROJECT_KINDS),
  name: z.string().min(1).max(120),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
  /** The position in the journal; each applied, undone or redone command raises it. */
  seq: z.number().int(),
  undo_label: z.string().nullable(),
  redo_label: z.string().nullable(),
  media_id: IdSchema.nullable(),
});

export const OpenProjectSchema = z.object({ project: ProjectSchema, document: ProjectDocumentSchema });

export const HistoryEntrySchema = z.object({ seq: z.number().int(), label: z.string(), at: z.iso.datetime(), is_undone: z.boolean() });

export type Project = z.infer<typeof ProjectSchema>;
export type SonifyDocument = z.infer<typeof SonifyDocumentSchema>;
export type ChoreographyDocument = z.infer<typeof ChoreographyDocumentSchema>;
export type ProjectDocument = z.infer<typeof ProjectDocumentSchema>;
export type OpenProject = z.infer<typeof OpenProjectSchema>;
export type Patch = z.infer<typeof PatchSchema>;
export type Command = z.infer<typeof CommandSchema>;
export type HistoryEntry = z.infer<typeof HistoryEntrySchema>;
