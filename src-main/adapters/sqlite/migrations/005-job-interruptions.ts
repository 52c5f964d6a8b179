/** Attempts whose process died, counted apart from attempts that failed; such jobs are claimed after the others. */
export const jobInterruptions = {
  version: 5,
  name: 'job-interruptions',
  up: `
    ALTER TABLE jobs ADD COLUMN interruptions INTEGER NOT NULL DEFAULT 0;
    DROP INDEX jobs_live;
    -- In the order of claiming, so that a claim reads the first row that is due.
    CREATE INDEX jobs_live ON jobs (priority DESC, interruptions, created_ms) WHERE state IN ('pending', 'running');
  `,
} as const;
