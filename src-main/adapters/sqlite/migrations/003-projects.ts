/**
 * Projects and their journal. Steps form a tree by their predecessor: undo moves the head to it, redo to its newest
 * successor, and an edit after an undo starts a new branch, so nothing that was ever done is deleted.
 */
export const projects = {
  version: 3,
  name: 'projects',
  up: `
    CREATE TABLE projects (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      name TEXT NOT NULL,
      media_id TEXT,
      seq INTEGER NOT NULL,
      -- The newest step that is done; 0 is the document as created.
      head INTEGER NOT NULL,
      created_ms INTEGER NOT NULL,
      updated_ms INTEGER NOT NULL,
      trashed_ms INTEGER
    ) STRICT;
    CREATE INDEX projects_updated ON projects (updated_ms);
    CREATE TABLE project_steps (
      project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      previous INTEGER NOT NULL,
      -- Steps between this one and the document as created.
      depth INTEGER NOT NULL,
      seq INTEGER NOT NULL,
      label TEXT NOT NULL,
      merge_key TEXT,
      patches TEXT NOT NULL CHECK (json_valid(patches)),
      inverse TEXT NOT NULL CHECK (json_valid(inverse)),
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (project_id, step)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX project_steps_next ON project_steps (project_id, previous, step);
    CREATE TABLE project_snapshots (
      project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
      step INTEGER NOT NULL,
      document TEXT NOT NULL CHECK (json_valid(document)),
      PRIMARY KEY (project_id, step)
    ) STRICT;
    CREATE TABLE settings (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      document TEXT NOT NULL CHECK (json_valid(document))
    ) STRICT;
  `,
} as const;
