/** What was taken out of the library: when a folder was, so that an import asked for before does not bring it back. */
export const libraryRemovals = {
  version: 11,
  name: 'library-removals',
  up: `
    CREATE TABLE removed_folders (path TEXT PRIMARY KEY, removed_ms INTEGER NOT NULL) STRICT;
    -- The liveliest clip, by which the others are measured.
    CREATE INDEX moves_movement ON moves (json_extract(analysis, '$.movement')) WHERE removed_ms IS NULL;
  `,
} as const;
