/**
 * A process of its own that works on the queue of a data folder: started by tests/crash/jobs-kill.test.ts, which kills it.
 * Each job takes a number of short steps and at its end writes one file by rename, as every real handler does.
 */
import { appendFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { z } from 'zod';

import { newId, systemClock } from '../../src-main/adapters/clock/system-clock.ts';
import { createJobLogFiles } from '../../src-main/adapters/log/job-log-files.ts';
import { isOwnerAlive, newOwnerName } from '../../src-main/adapters/processes/process-identity.ts';
import { openDatabase } from '../../src-main/adapters/sqlite/database.ts';
import { createJobStore } from '../../src-main/adapters/sqlite/job-repository.ts';
import { JobQueue, type JobHandler } from '../../src-main/core/jobs/index.ts';
import { silentEvents } from '../../src-main/core/event-sink.ts';
import { silentLog } from '../../src-main/core/log.ts';

const [folder = '', lane = 'quick'] = process.argv.slice(2);
const database = openDatabase(join(folder, 'kinetone.sqlite'), { log: silentLog });

const payload = z.object({ number: z.number(), steps: z.number(), step_ms: z.number() });
const handler: JobHandler = {
  kind: 'media-poster',
  payload,
  stages: [{ name: 'work', weight: 1 }],
  lane: 'quick',
  async run(input, context) {
    const { number, steps, step_ms: stepMs } = payload.parse(input);
    appendFileSync(join(folder, 'starts.log'), `job ${number} attempt ${context.job.attempts}\n`);
    for (let step = 0; step < steps; step += 1) {
      await sleep(stepMs, undefined, { signal: context.signal });
      context.stage('work', (step + 1) / steps);
    }
    const partial = join(folder, `out-${number}.partial-${context.job.attempts}-${process.pid}`);
    writeFileSync(partial, `made ${number}`);
    renameSync(partial, join(folder, `out-${number}`));
    return { number, pid: process.pid };
  },
};

const queue = new JobQueue({
  store: createJobStore(database),
  logs: createJobLogFiles(join(folder, 'logs/jobs')),
  events: silentEvents,
  log: silentLog,
  clock: systemClock,
  newId,
  owner: newOwnerName(),
  isOwnerAlive,
  handlers: [handler],
  laneWidths: { quick: Number(lane === 'quick' ? 2 : lane), heavy: 1 },
  // So long that a test which waits for it fails: a dead owner's jobs are taken up because it is dead.
  leaseMs: 3_600_000,
  pollMs: 20,
});
process.on('SIGTERM', () => {
  void queue.stop().then(() => {
    database.close();
    process.exit(0);
  });
});
queue.start();
process.stdout.write('ready\n');
