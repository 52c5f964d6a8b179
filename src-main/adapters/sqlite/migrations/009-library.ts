/**
 * Moves: the folders clips come from, what is said of a clip and by whom, its embeddings and curves. A move goes by the id of
 * its video item. The revision rises with every change, so that what is held in memory knows when it is old.
 */
export const library = {
  version: 9,
  name: 'library',
  up: `
    CREATE TABLE library_folders (
      id TEXT PRIMARY KEY,
      -- Its name in paths of blueprints.
      name TEXT NOT NULL UNIQUE COLLATE NOCASE,
      path TEXT NOT NULL UNIQUE,
      -- Annotations file it was labelled from, absolute.
      annotations TEXT,
      scanned_ms INTEGER,
      created_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE moves (
      id TEXT PRIMARY KEY,
      folder_id TEXT REFERENCES library_folders (id) ON DELETE SET NULL,
      -- Below its folder, with forward slashes; the file's name where it came alone.
      path TEXT NOT NULL,
      -- One object of labels for each origin.
      user_labels TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(user_labels)),
      annotation_labels TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(annotation_labels)),
      estimated_labels TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(estimated_labels)),
      analysis TEXT CHECK (analysis IS NULL OR json_valid(analysis)),
      created_ms INTEGER NOT NULL,
      removed_ms INTEGER
    ) STRICT;
    CREATE INDEX moves_folder ON moves (folder_id);
    CREATE INDEX moves_created ON moves (created_ms);

    CREATE TABLE move_vectors (
      move_id TEXT NOT NULL REFERENCES moves (id) ON DELETE CASCADE,
      kind TEXT NOT NULL CHECK (kind IN ('pose', 'audio', 'text')),
      space TEXT NOT NULL,
      note TEXT,
      -- Revision at which it was written: tells whether the vector store has the same one.
      stamp INTEGER NOT NULL,
      -- Little-endian floats.
      vector BLOB NOT NULL,
      UNIQUE (move_id, kind, space)
    ) STRICT;

    CREATE TABLE move_curves (
      move_id TEXT PRIMARY KEY REFERENCES moves (id) ON DELETE CASCADE,
      document TEXT NOT NULL CHECK (json_valid(document))
    ) STRICT;

    CREATE TABLE library_revision (only INTEGER PRIMARY KEY CHECK (only = 1), revision INTEGER NOT NULL) STRICT;
    INSERT INTO library_revision (only, revision) VALUES (1, 0);
  `,
} as const;
