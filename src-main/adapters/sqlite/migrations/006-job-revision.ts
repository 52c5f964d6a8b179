/** The highest revision of a job that was deleted: revisions rise for ever, also when the newest rows are pruned. */
export const jobRevision = {
  version: 6,
  name: 'job-revision',
  up: `
    CREATE TABLE deleted_job_revision (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      revision INTEGER NOT NULL
    ) STRICT;
    INSERT INTO deleted_job_revision (only, revision) VALUES (1, 0);
    CREATE TRIGGER jobs_deleted BEFORE DELETE ON jobs BEGIN
      UPDATE deleted_job_revision SET revision = OLD.revision WHERE only = 1 AND revision < OLD.revision;
    END;
  `,
} as const;
