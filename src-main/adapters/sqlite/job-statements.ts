/**
 * The queue's SQL. A claim is one UPDATE … RETURNING, so that two processes never hold one attempt; a lease is matched by
 * owner and attempt, so that an attempt that overran its lease cannot write over the next one. An attempt whose process
 * died is an interruption: it costs none of the attempts, and the job queues behind those that were not interrupted.
 */
const NEWEST = 'MAX((SELECT COALESCE(MAX(revision), 0) FROM jobs), (SELECT revision FROM deleted_job_revision WHERE only = 1))';
const TOUCH = `updated_ms = @nowMs, revision = ${NEWEST} + 1`;
const HELD = "id = @jobId AND state = 'running' AND lease_owner = @owner AND attempt = @attempt";
const FREE = 'lease_owner = NULL, lease_until_ms = NULL, speed = NULL, eta_s = NULL';
const FRESH = "stage = NULL, progress = 0, speed = NULL, eta_s = NULL, stages = (SELECT COALESCE(json_group_array(json_set(value, '$.done', 0)), '[]') FROM json_each(stages))";

export const byId = 'SELECT * FROM jobs WHERE id = @id';
export const list = 'SELECT * FROM jobs WHERE dismissed = 0 AND (@state IS NULL OR state = @state) ORDER BY created_ms DESC, rowid DESC LIMIT @limit';
export const liveByDedupeKey = "SELECT * FROM jobs WHERE dedupe_key = @key AND state IN ('pending', 'running')";
export const byIdempotencyKey = "SELECT * FROM jobs WHERE idempotency_key = @key AND state IN ('pending', 'running', 'completed') ORDER BY rowid DESC LIMIT 1";
export const liveChildren = "SELECT * FROM jobs WHERE parent = @id AND state IN ('pending', 'running')";
export const changedSince = 'SELECT * FROM jobs WHERE revision > @revision ORDER BY revision';
export const newestRevision = `SELECT ${NEWEST}`;

export const insert = `
  INSERT INTO jobs (id, kind, title, payload, state, priority, run_after_ms, max_attempts, stages, dedupe_key, idempotency_key,
                    parent, media_id, project_id, revision, created_ms, updated_ms)
  VALUES (@id, @kind, @title, @payload, 'pending', @priority, @nowMs, @maxAttempts, @stages, @dedupeKey, @idempotencyKey,
          @parent, @mediaId, @projectId, ${NEWEST} + 1, @nowMs, @nowMs)
  RETURNING *`;

export const claim = `
  UPDATE jobs
  SET state = 'running', attempt = attempt + 1, attempts_spent = attempts_spent + 1,
      interruptions = interruptions + (state = 'running'), max_attempts = max_attempts + (state = 'running'), lease_owner = @owner, lease_until_ms = @leaseUntilMs,
      started_ms = COALESCE(started_ms, @nowMs), message = NULL, error = NULL, ${FRESH}, ${TOUCH}
  WHERE id = (
    SELECT id FROM jobs
    WHERE state IN ('pending', 'running')
      AND kind IN (SELECT value FROM json_each(@kinds))
      AND (
        (state = 'pending' AND paused = 0 AND run_after_ms <= @nowMs)
        OR (state = 'running' AND lease_until_ms <= @nowMs AND lease_owner <> @owner AND interruptions < @maxInterruptions AND cancel_requested = 0)
      )
    ORDER BY priority DESC, interruptions, created_ms, rowid
    LIMIT 1)
  RETURNING *`;

export const heartbeat = `
  UPDATE jobs
  SET lease_until_ms = @leaseUntilMs, stage = @stage, stages = @stages, progress = @progress, message = @message, speed = @speed, eta_s = @etaS, ${TOUCH}
  WHERE ${HELD} RETURNING *`;

export const complete = `
  UPDATE jobs SET state = 'completed', result = @result, stages = @stages, progress = 100, message = NULL, error = NULL,
                  cancel_requested = 0, finished_ms = @nowMs, ${FREE}, ${TOUCH}
  WHERE ${HELD} RETURNING *`;
export const fail = `UPDATE jobs SET state = 'failed', error = @error, message = NULL, finished_ms = @nowMs, ${FREE}, ${TOUCH} WHERE ${HELD} RETURNING *`;
export const cancelRunning = `UPDATE jobs SET state = 'cancelled', message = NULL, finished_ms = @nowMs, ${FREE}, ${TOUCH} WHERE ${HELD} RETURNING *`;
export const retryLater = `
  UPDATE jobs SET state = 'pending', error = @error, message = @message, run_after_ms = @runAfterMs, ${FREE}, ${TOUCH}
  WHERE ${HELD} RETURNING *`;
export const giveBack = `
  UPDATE jobs SET state = 'pending', attempts_spent = attempts_spent - 1, run_after_ms = @nowMs, ${FREE}, ${TOUCH}
  WHERE ${HELD} RETURNING *`;

export const cancelPending = `
  UPDATE jobs SET state = 'cancelled', paused = 0, message = NULL, finished_ms = @nowMs, ${TOUCH}
  WHERE id = @id AND state = 'pending' RETURNING *`;
export const askToCancel = `UPDATE jobs SET cancel_requested = 1, ${TOUCH} WHERE id = @id AND state = 'running' AND cancel_requested = 0 RETURNING *`;
export const requeue = `
  UPDATE jobs SET state = 'pending', paused = 0, attempts_spent = 0, max_attempts = max_attempts - interruptions, interruptions = 0, cancel_requested = 0, run_after_ms = @nowMs, result = NULL, error = NULL,
                  message = NULL, finished_ms = NULL, started_ms = NULL, dismissed = 0, ${FRESH}, ${TOUCH}
  WHERE id = @id AND state IN ('failed', 'cancelled')
    AND NOT EXISTS (SELECT 1 FROM jobs AS other WHERE other.dedupe_key = jobs.dedupe_key AND other.state IN ('pending', 'running'))
  RETURNING *`;
export const setPaused = `UPDATE jobs SET paused = @paused, ${TOUCH} WHERE id = @id AND state = 'pending' RETURNING *`;
export const dismiss = `UPDATE jobs SET dismissed = 1, ${TOUCH} WHERE id = @id AND state IN ('completed', 'failed', 'cancelled') RETURNING *`;
/** What was dismissed or can be made again; a result that is found by its key stays. */
export const prune = 'DELETE FROM jobs WHERE finished_ms < @endedBeforeMs AND (dismissed = 1 OR idempotency_key IS NULL) RETURNING *';

export const runningOwners = "SELECT DISTINCT lease_owner FROM jobs WHERE state = 'running'";
export const endLeases = "UPDATE jobs SET lease_until_ms = 0 WHERE state = 'running' AND lease_owner = @owner";
/** Expired leases that no claim will take up again. */
export const spent = "SELECT id FROM jobs WHERE state = 'running' AND lease_until_ms <= @nowMs AND (cancel_requested = 1 OR interruptions >= @maxInterruptions)";
export const cancelSpent = `UPDATE jobs SET state = 'cancelled', message = NULL, finished_ms = @nowMs, ${FREE}, ${TOUCH} WHERE id = @id AND cancel_requested = 1 RETURNING *`;
export const failSpent = `UPDATE jobs SET state = 'failed', error = @error, message = NULL, finished_ms = @nowMs, ${FREE}, ${TOUCH} WHERE id = @id RETURNING *`;
