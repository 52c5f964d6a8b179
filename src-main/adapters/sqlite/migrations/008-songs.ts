/** Songs: what a person says and edits, by item; analyses by content, so that the same bytes are analysed once. */
export const songs = {
  version: 8,
  name: 'songs',
  up: `
    CREATE TABLE songs (
      -- A small number of its own, for routes that take one.
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      media_id TEXT NOT NULL UNIQUE,
      info TEXT NOT NULL CHECK (json_valid(info)),
      edits TEXT NOT NULL CHECK (json_valid(edits)),
      -- Why the last analysis failed.
      problem TEXT
    ) STRICT;
    CREATE TABLE song_analyses (
      identity TEXT NOT NULL,
      version INTEGER NOT NULL,
      -- Where the beats come from: 'onsets' or the name of a model.
      source TEXT NOT NULL,
      document TEXT NOT NULL CHECK (json_valid(document)),
      updated_ms INTEGER NOT NULL,
      PRIMARY KEY (identity, version, source)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
