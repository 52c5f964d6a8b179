/** Operations of Sonify: mappings, previews, renders, and the artifacts they leave. */
import { z } from 'zod';

import { ArtifactSchema } from '../documents/artifact.ts';
import { MappingSchema } from '../documents/mapping.ts';
import { PreviewRequestSchema, PreviewSchema, SonifyRequestSchema } from '../documents/sonify.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });

export const MappingEntrySchema = z.object({
  mapping: MappingSchema,
  is_built_in: z.boolean(),
  /** One sentence per row, in row order: "More motion makes the wobble faster." */
  sentences: z.array(z.string()),
});
export type MappingEntry = z.infer<typeof MappingEntrySchema>;

export const sonifyOperations = operations({
  listMappings: { method: 'GET', path: '/api/mappings', summary: 'Built-in mappings, then the user’s.', response: z.object({ mappings: z.array(MappingEntrySchema) }) },
  getMapping: { method: 'GET', path: '/api/mappings/:id', summary: 'One mapping.', params, response: MappingEntrySchema },
  saveMapping: { method: 'PUT', path: '/api/mappings/:id', summary: 'Save a user’s mapping under its id.', params, body: MappingSchema, response: MappingEntrySchema },
  deleteMapping: { method: 'DELETE', path: '/api/mappings/:id', summary: 'Delete a user’s mapping.', params, status: 204 },
  createPreview: { method: 'POST', path: '/api/sonify/previews', summary: 'Render a range now and keep it for the page to play.', body: PreviewRequestSchema, response: PreviewSchema, status: 201 },
  getPreviewAudio: { method: 'GET', path: '/api/sonify/previews/:id/audio', summary: 'The preview as WAV, with Range.', params, responseKind: 'file' },
  getPreviewTrace: { method: 'GET', path: '/api/sonify/previews/:id/trace', summary: 'What every row read and wrote, over time (Float32 little-endian).', params, responseKind: 'octets' },
  startRender: { method: 'POST', path: '/api/sonify/renders', summary: 'Render a sonification as a job.', body: SonifyRequestSchema, response: z.object({ job_id: IdSchema }), status: 202 },
  listArtifacts: {
    method: 'GET',
    path: '/api/artifacts',
    summary: 'Files that jobs made, newest first.',
    query: z.object({ media_id: IdSchema.optional(), project_id: IdSchema.optional() }),
    response: z.object({ artifacts: z.array(ArtifactSchema) }),
  },
  getArtifact: { method: 'GET', path: '/api/artifacts/:id', summary: 'One artifact.', params, response: ArtifactSchema },
  getArtifactFile: {
    method: 'GET',
    path: '/api/artifacts/:id/file',
    summary: 'Its bytes, with Range; `download=1` names the file for saving.',
    params,
    query: z.object({ download: z.enum(['0', '1']).default('0') }),
    responseKind: 'file',
  },
  getArtifactPeaks: { method: 'GET', path: '/api/artifacts/:id/peaks', summary: 'Level 0 waveform peaks of its sound (int16 triples).', params, responseKind: 'octets' },
  saveArtifact: {
    method: 'POST',
    path: '/api/artifacts/:id/save',
    summary: 'Copy to a path the user picked. Programs and the desktop shell only.',
    params,
    body: z.object({ path: z.string().min(1).max(4096), overwrite: z.boolean().default(false) }),
    status: 204,
  },
  deleteArtifact: { method: 'DELETE', path: '/api/artifacts/:id', summary: 'Delete a made file.', params, status: 204 },
});
