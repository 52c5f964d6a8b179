/** The user's mappings, and the files that jobs made. */
export const sonify = {
  version: 4,
  name: 'sonify',
  up: `
    CREATE TABLE mappings (
      id TEXT PRIMARY KEY,
      document TEXT NOT NULL CHECK (json_valid(document)),
      saved_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE artifacts (
      id TEXT PRIMARY KEY,
      path TEXT NOT NULL,
      media_id TEXT,
      project_id TEXT,
      document TEXT NOT NULL CHECK (json_valid(document)),
      created_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX artifacts_media ON artifacts (media_id) WHERE media_id IS NOT NULL;
    CREATE INDEX artifacts_project ON artifacts (project_id) WHERE project_id IS NOT NULL;
  `,
} as const;
