/** Plans of choreographies by the hash of all they were made from; a cache: what is deleted is planned again. */
export const choreography = {
  version: 10,
  name: 'choreography',
  up: `
    CREATE TABLE plans (
      key TEXT PRIMARY KEY,
      document TEXT NOT NULL CHECK (json_valid(document)),
      used_ms INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX plans_used ON plans (used_ms);
  `,
} as const;
