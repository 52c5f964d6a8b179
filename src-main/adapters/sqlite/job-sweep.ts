/**
 * Ends what a killed process left behind: leases of owners that no longer live are over at once, and a job that
 * was interrupted too often, or that was to be cancelled, is closed, because the claim would skip it for ever.
 */
import type { Job } from '../../contract/documents/job.ts';
import { AppError } from '../../contract/errors.ts';
import type { SweepRequest } from '../../core/jobs/ports.ts';
import type { SqliteDatabase } from './database.ts';
import { jobOfRow, type JobRow } from './job-rows.ts';
import * as sql from './job-statements.ts';

const spentError = new AppError('job-attempts-spent', 'The work was interrupted too many times and was given up.', {
  hint: 'Its log says what happened last; choose Retry to try again.',
});

/** @returns the jobs that ended. Cost: one read where nothing is running. */
export function sweepJobs(database: SqliteDatabase, { isOwnerAlive, maxInterruptions, nowMs }: SweepRequest): Job[] {
  const owners = database.prepare<[], string>(sql.runningOwners).pluck().all();
  if (owners.length === 0) return [];
  const dead = owners.filter((owner) => !isOwnerAlive(owner));
  const run = database.transaction(() => {
    for (const owner of dead) database.prepare(sql.endLeases).run({ owner });
    const ids = database.prepare<[object], string>(sql.spent).pluck().all({ nowMs, maxInterruptions });
    return ids.flatMap((id) => {
      const error = JSON.stringify(spentError.toBody());
      const row = database.prepare<[object], JobRow>(sql.cancelSpent).get({ id, nowMs }) ?? database.prepare<[object], JobRow>(sql.failSpent).get({ id, nowMs, error });
      return row === undefined ? [] : [jobOfRow(row)];
    });
  });
  return run.immediate();
}
