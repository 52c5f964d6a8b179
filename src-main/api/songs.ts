/** The operations on songs. */
import type { songOperations } from '../contract/operations/songs.ts';
import type { Songs } from '../core/song/index.ts';
import type { HandlersOf } from './handler.ts';

/** The named fields; JSON has no `undefined`, the types of optional fields have. */
function given<Fields extends object>(fields: Fields): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

export function songHandlers(songs: Songs): HandlersOf<typeof songOperations> {
  return {
    listSongs: () => ({ songs: songs.list() }),
    getSong: ({ params }) => songs.get(params.id),
    getSongAnalysis: ({ params, query }) => songs.analysis(params.id, { edited: query.edits === 'applied' }),
    analyzeSong: ({ params, body }) => ({ job_id: songs.analyze(params.id, body) }),
    changeSongEdits: ({ params, body }) => songs.changeEdits(params.id, given(body)),
    changeSongInfo: ({ params, body }) => songs.changeInfo(params.id, given(body)),
  };
}
