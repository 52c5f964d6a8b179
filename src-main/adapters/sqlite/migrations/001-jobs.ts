/** The job queue: one row per job, leases and fencing in the row itself. */
export const jobs = {
  version: 1,
  name: 'jobs',
  up: `
    CREATE TABLE jobs (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      title TEXT NOT NULL,
      payload TEXT NOT NULL CHECK (json_valid(payload)),
      state TEXT NOT NULL CHECK (state IN ('pending', 'running', 'completed', 'failed', 'cancelled')),
      paused INTEGER NOT NULL DEFAULT 0,
      priority INTEGER NOT NULL,
      run_after_ms INTEGER NOT NULL,
      -- The fencing token: rises with every claim and never falls, not even when a lease is given back.
      attempt INTEGER NOT NULL DEFAULT 0,
      attempts_spent INTEGER NOT NULL DEFAULT 0,
      max_attempts INTEGER NOT NULL,
      lease_owner TEXT,
      lease_until_ms INTEGER,
      cancel_requested INTEGER NOT NULL DEFAULT 0,
      stage TEXT,
      stages TEXT NOT NULL CHECK (json_valid(stages)),
      progress REAL NOT NULL DEFAULT 0,
      message TEXT,
      speed REAL,
      eta_s REAL,
      dedupe_key TEXT,
      idempotency_key TEXT,
      result TEXT,
      error TEXT,
      parent TEXT,
      media_id TEXT,
      project_id TEXT,
      dismissed INTEGER NOT NULL DEFAULT 0,
      -- Rises over the whole table with every write, so that another process can ask what changed.
      revision INTEGER NOT NULL,
      created_ms INTEGER NOT NULL,
      started_ms INTEGER,
      updated_ms INTEGER NOT NULL,
      finished_ms INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX jobs_live_dedupe ON jobs (dedupe_key) WHERE dedupe_key IS NOT NULL AND state IN ('pending', 'running');
    CREATE INDEX jobs_live ON jobs (priority DESC, created_ms) WHERE state IN ('pending', 'running');
    CREATE INDEX jobs_running ON jobs (lease_owner) WHERE state = 'running';
    CREATE INDEX jobs_idempotency ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL;
    CREATE INDEX jobs_parent ON jobs (parent) WHERE parent IS NOT NULL;
    CREATE INDEX jobs_created ON jobs (created_ms);
    CREATE INDEX jobs_finished ON jobs (finished_ms) WHERE finished_ms IS NOT NULL;
    CREATE UNIQUE INDEX jobs_revision ON jobs (revision);
  `,
} as const;
