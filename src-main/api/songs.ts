/** The operations on songs. */
import type { songOperations } from '../contract/operations/songs.ts';
import type { Songs } from '../core/song/index.ts';
import { givenFields } from './given-fields.ts';
import type { HandlersOf } from './handler.ts';

export function songHandlers(songs: Songs): HandlersOf<typeof songOperations> {
  return {
    listSongs: () => ({ songs: songs.list() }),
    getSong: ({ params }) => songs.get(params.id),
    getSongAnalysis: ({ params, query }) => songs.analysis(params.id, { edited: query.edits === 'applied' }),
    analyzeSong: ({ params, body }) => ({ job_id: songs.analyze(params.id, body) }),
    changeSongEdits: ({ params, body }) => songs.changeEdits(params.id, givenFields(body)),
    changeSongInfo: ({ params, body }) => songs.changeInfo(params.id, givenFields(body)),
  };
}
