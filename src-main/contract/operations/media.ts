/** Operations on media items: import, look, derive, remove. */
import { z } from 'zod';

import { FilmstripSchema, MediaItemSchema, PeaksInfoSchema } from '../documents/media-item.ts';
import { ErrorBodySchema } from '../errors.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });

export const ImportResultSchema = z.object({
  items: z.array(z.object({ item: MediaItemSchema, is_new: z.boolean() })),
  rejected: z.array(z.object({ name: z.string(), error: ErrorBodySchema })),
});
export type ImportResult = z.infer<typeof ImportResultSchema>;

export const mediaOperations = operations({
  listMedia: {
    method: 'GET',
    path: '/api/media',
    summary: 'All media items, newest first.',
    query: z.object({ kind: z.enum(['video', 'audio', 'image']).optional() }),
    response: z.object({ items: z.array(MediaItemSchema) }),
  },
  importMedia: {
    method: 'POST',
    path: '/api/media',
    summary: 'Import files in place by their paths; a folder is taken with everything below it. Programs and the desktop shell only.',
    body: z.object({ paths: z.array(z.string().min(1).max(4096)).min(1).max(10_000) }),
    response: ImportResultSchema,
  },
  uploadMedia: {
    method: 'POST',
    path: '/api/media/upload',
    summary: 'Import one file by its bytes, streamed to the data folder.',
    query: z.object({ name: z.string().min(1).max(255) }),
    bodyKind: 'octets',
    response: ImportResultSchema,
  },
  getMedia: { method: 'GET', path: '/api/media/:id', summary: 'One media item.', params, response: MediaItemSchema },
  removeMedia: {
    method: 'DELETE',
    path: '/api/media/:id',
    summary: 'Take an item out of the library; never touches an original, can be restored.',
    params,
    response: MediaItemSchema,
  },
  restoreMedia: { method: 'POST', path: '/api/media/:id/restore', summary: 'Bring a removed item back.', params, response: MediaItemSchema },
  relinkMedia: {
    method: 'POST',
    path: '/api/media/:id/relink',
    summary: 'Point a missing item to where its file is now. Programs and the desktop shell only.',
    params,
    body: z.object({ path: z.string().min(1).max(4096) }),
    response: MediaItemSchema,
  },
  getMediaFile: { method: 'GET', path: '/api/media/:id/file', summary: 'The original bytes, with Range.', params, responseKind: 'file' },
  getMediaPlayable: {
    method: 'GET',
    path: '/api/media/:id/playable',
    summary: 'What a page can play: the original where a browser decodes it, else its proxy, with Range.',
    params,
    responseKind: 'file',
  },
  makeProxy: {
    method: 'POST',
    path: '/api/media/:id/proxy',
    summary: 'Make a proxy a page can play (it reported that it cannot play the original).',
    params,
    response: z.object({ job_id: IdSchema }),
    status: 202,
  },
  getPoster: { method: 'GET', path: '/api/media/:id/poster', summary: 'Poster picture (JPEG).', params, responseKind: 'file' },
  getFilmstrip: { method: 'GET', path: '/api/media/:id/filmstrip', summary: 'Geometry of the filmstrip sheets.', params, response: FilmstripSchema },
  getFilmstripSheet: {
    method: 'GET',
    path: '/api/media/:id/filmstrip/:sheet',
    summary: 'One sheet of filmstrip tiles (JPEG).',
    params: z.object({ id: IdSchema, sheet: z.coerce.number().int().min(0) }),
    responseKind: 'file',
  },
  getPeaksInfo: { method: 'GET', path: '/api/media/:id/peaks', summary: 'Levels of the waveform peaks.', params, response: PeaksInfoSchema },
  getPeaks: {
    method: 'GET',
    path: '/api/media/:id/peaks/:level',
    summary: 'One level of peaks: int16 little-endian (min, max, rms) triples, with Range.',
    params: z.object({ id: IdSchema, level: z.coerce.number().int().min(0).max(15) }),
    responseKind: 'file',
  },
});
