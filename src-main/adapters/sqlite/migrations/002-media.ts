/**
 * Media items, what is made from them, and their features. A feature block is one column of up to 1800 frames; its key
 * packs series, block and column into one integer that rises as blocks are written.
 */
export const media = {
  version: 2,
  name: 'media',
  up: `
    CREATE TABLE media_items (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('video', 'audio', 'image')),
      name TEXT NOT NULL,
      path TEXT NOT NULL,
      is_owned INTEGER NOT NULL,
      size_bytes INTEGER NOT NULL,
      modified_ms REAL NOT NULL,
      -- Hash of size and both ends; tells candidates for the same content.
      ends TEXT NOT NULL,
      -- 'sha256:…' once known, 'ends:…' with size and time until then.
      identity TEXT NOT NULL,
      sha256 TEXT,
      probe TEXT NOT NULL CHECK (json_valid(probe)),
      is_missing INTEGER NOT NULL DEFAULT 0,
      created_ms INTEGER NOT NULL,
      removed_ms INTEGER
    ) STRICT;
    CREATE INDEX media_items_path ON media_items (path);
    CREATE INDEX media_items_identity ON media_items (identity);
    CREATE INDEX media_items_ends ON media_items (size_bytes, ends);
    CREATE INDEX media_items_created ON media_items (created_ms);

    CREATE TABLE media_derived (
      identity TEXT NOT NULL,
      operation TEXT NOT NULL,
      -- What the operation was asked for, as JSON with sorted keys.
      parameters TEXT NOT NULL,
      version INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('making', 'ready', 'failed')),
      -- Folder of its files, relative to the folder of derived files.
      folder TEXT NOT NULL,
      details TEXT CHECK (details IS NULL OR json_valid(details)),
      updated_ms INTEGER NOT NULL,
      PRIMARY KEY (identity, operation, parameters, version)
    ) STRICT;

    CREATE TABLE feature_series (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      identity TEXT NOT NULL,
      version INTEGER NOT NULL,
      width INTEGER NOT NULL,
      height INTEGER NOT NULL,
      is_complete INTEGER NOT NULL DEFAULT 0,
      frames INTEGER NOT NULL DEFAULT 0,
      end_s REAL NOT NULL DEFAULT 0,
      updated_ms INTEGER NOT NULL,
      tail_first INTEGER,
      tail_rows BLOB,
      tail_timestamps BLOB
    ) STRICT;
    CREATE INDEX feature_series_identity ON feature_series (identity);

    CREATE TABLE feature_blocks (key INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
    CREATE TABLE feature_levels (key INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
  `,
} as const;
