/** Operations on the library of moves: folders of clips, their labels, search. */
import { z } from 'zod';

import { DIFFICULTIES, ENERGY_LEVELS, LibraryFolderSchema, MoveCurvesSchema, MoveSchema } from '../documents/move.ts';
import { MoveQuerySchema, MoveSearchResultSchema } from '../documents/move-search.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });
const path = z.string().min(1).max(4096);

/** New labels by a person; null takes the person's word back, so that the annotation or the estimate shows again. */
export const LabelChangesSchema = z
  .object({
    name: z.string().min(1).max(200).nullable(),
    category: z.string().min(1).max(80).nullable(),
    difficulty: z.enum(DIFFICULTIES).nullable(),
    energy_level: z.enum(ENERGY_LEVELS).nullable(),
    style: z.string().min(1).max(80).nullable(),
    tempo: z.number().min(20).max(400).nullable(),
    tags: z.array(z.string().min(1).max(40)).max(40).nullable(),
  })
  .partial();
export type LabelChanges = z.infer<typeof LabelChangesSchema>;

export const libraryOperations = operations({
  addLibraryFolder: {
    method: 'POST',
    path: '/api/library/folders',
    summary: 'Import folders or files of clips as moves, with their annotations, in the background. Importing again is a no-op for what has not changed. Programs and the desktop shell only.',
    body: z.object({ paths: z.array(path).min(1).max(1000), annotations: path.optional() }),
    response: z.object({ job_id: IdSchema }),
    status: 202,
  },
  listLibraryFolders: { method: 'GET', path: '/api/library/folders', summary: 'The folders clips come from.', response: z.object({ folders: z.array(LibraryFolderSchema) }) },
  scanLibraryFolder: {
    method: 'POST',
    path: '/api/library/folders/:id/scan',
    summary: 'Look for new, changed, moved and missing clips.',
    params,
    response: z.object({ job_id: IdSchema }),
    status: 202,
  },
  removeLibraryFolder: { method: 'DELETE', path: '/api/library/folders/:id', summary: 'Take a folder and its moves out of the library; no file is touched.', params, status: 204 },
  addMovesFromMedia: {
    method: 'POST',
    path: '/api/library/moves',
    summary: 'Make moves of video items that are in the library of media already, and analyse them.',
    body: z.object({ media_ids: z.array(IdSchema).min(1).max(10_000) }),
    response: z.object({ moves: z.array(MoveSchema) }),
  },
  importAnnotations: {
    method: 'POST',
    path: '/api/library/annotations',
    summary: 'Label moves from an annotations file (JSON of the known formats, or CSV). Programs and the desktop shell only.',
    body: z.object({ path, folder_id: IdSchema.optional() }),
    response: z.object({ annotated: z.number().int(), notes: z.array(z.string()) }),
  },
  importEmbeddings: {
    method: 'POST',
    path: '/api/library/embeddings',
    summary: 'Take embeddings from a file (the seed’s move_embeddings.json) into a space of their own. Programs and the desktop shell only.',
    body: z.object({ path, space: z.string().regex(/^[a-z0-9-]{1,40}$/).default('imported') }),
    response: z.object({ imported: z.number().int(), notes: z.array(z.string()) }),
  },
  listMoves: { method: 'GET', path: '/api/library/moves', summary: 'All moves, newest first.', response: z.object({ moves: z.array(MoveSchema) }) },
  getMove: { method: 'GET', path: '/api/library/moves/:id', summary: 'One move.', params, response: MoveSchema },
  getMoveCurves: { method: 'GET', path: '/api/library/moves/:id/curves', summary: 'Its movement over time.', params, response: MoveCurvesSchema },
  analyzeMoves: {
    method: 'POST',
    path: '/api/library/analysis',
    summary: 'Analyse moves that are not, or whose analysis is older than the program or the models; all of them unless ids are named.',
    body: z.object({ ids: z.array(IdSchema).max(100_000).optional() }),
    response: z.object({ job_id: IdSchema.nullable() }),
    status: 202,
  },
  changeMoveLabels: {
    method: 'PATCH',
    path: '/api/library/moves',
    summary: 'Label many moves at once; the answer also holds what undoes it.',
    body: z.object({ changes: z.array(z.object({ ids: z.array(IdSchema).min(1).max(40_000), labels: LabelChangesSchema })).min(1).max(10_000) }),
    response: z.object({ moves: z.array(MoveSchema), undo: z.array(z.object({ ids: z.array(IdSchema), labels: LabelChangesSchema })) }),
  },
  removeMoves: { method: 'POST', path: '/api/library/moves/remove', summary: 'Take moves out of the library; no file is touched, adding them again brings their labels back.', body: z.object({ ids: z.array(IdSchema).min(1).max(100_000) }), response: z.object({ removed: z.number().int() }) },
  searchMoves: {
    method: 'POST',
    path: '/api/library/search',
    summary: 'Find moves by words, by example, by what could follow, or by a stretch of a song.',
    body: MoveQuerySchema,
    response: MoveSearchResultSchema,
  },
});
