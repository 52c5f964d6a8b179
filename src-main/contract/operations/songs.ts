/** Operations on songs: analyse, look, edit. A song is an audio item (or a film's sound) by its media id. */
import { z } from 'zod';

import { SongEditsSchema, SongInfoSchema, SongSchema, SongSummarySchema } from '../documents/song.ts';
import { SongAnalysisSchema } from '../documents/song-analysis.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

const params = z.object({ id: IdSchema });

export const songOperations = operations({
  listSongs: { method: 'GET', path: '/api/songs', summary: 'All audio items with what is known of them, newest first.', response: z.object({ songs: z.array(SongSummarySchema) }) },
  getSong: { method: 'GET', path: '/api/songs/:id', summary: 'One song: its analysis with the edits applied, and the edits.', params, response: SongSchema },
  getSongAnalysis: {
    method: 'GET',
    path: '/api/songs/:id/analysis',
    summary: 'The SongAnalysis, with the edits applied or as it was found.',
    params,
    query: z.object({ edits: z.enum(['applied', 'left-out']).default('applied') }),
    response: SongAnalysisSchema,
  },
  analyzeSong: {
    method: 'POST',
    path: '/api/songs/:id/analysis',
    summary: 'Analyse a song (or find the analysis that is done or running); `again` makes a new one. Edits stay.',
    params,
    body: z.object({ again: z.boolean().default(false) }),
    response: z.object({ job_id: IdSchema.nullable() }),
    status: 202,
  },
  changeSongEdits: {
    method: 'PATCH',
    path: '/api/songs/:id/edits',
    summary: 'Change some of the edits; the answer holds the song as it is now. Fields that are not named stay.',
    params,
    body: SongEditsSchema.partial(),
    response: SongSchema,
  },
  changeSongInfo: { method: 'PATCH', path: '/api/songs/:id/info', summary: 'Change title, artist, genre or tags.', params, body: SongInfoSchema.partial(), response: SongSchema },
});
