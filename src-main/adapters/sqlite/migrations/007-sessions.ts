/**
 * Sessions, and the features that were stored into them frame by frame. A removed session's frames are deleted little by
 * little after it, so they do not refer to it.
 */
export const sessions = {
  version: 7,
  name: 'sessions',
  up: `
    CREATE TABLE sessions (
      id TEXT PRIMARY KEY,
      project_id TEXT REFERENCES projects (id) ON DELETE CASCADE,
      document TEXT NOT NULL CHECK (json_valid(document)),
      created_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sessions_project ON sessions (project_id) WHERE project_id IS NOT NULL;
    CREATE TABLE session_frames (
      session_id TEXT NOT NULL,
      frame INTEGER NOT NULL,
      timestamp_s REAL NOT NULL,
      -- 53 little-endian floats, contract/feature-layout.ts
      features BLOB NOT NULL,
      PRIMARY KEY (session_id, frame)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
