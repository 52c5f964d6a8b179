/** kinetone jobs list | show ID | cancel ID | retry ID */
import type { Job } from '../../../contract/documents/job.ts';
import { UsageError } from '../usage.ts';
import type { Command } from './command.ts';

function line(job: Job): string {
  const error = job.error ? `  ${job.error.message}` : '';
  return `${job.id}  ${job.state.padEnd(9)}  ${String(Math.floor(job.progress)).padStart(3)} %  ${job.title}${error}`;
}

const OPERATIONS = { show: 'getJob', cancel: 'cancelJob', retry: 'retryJob' } as const;

export const jobs: Command = {
  maxWords: 2,
  options: {},
  async run({ client, terminal, words }) {
    const verb = words[0];
    if (verb === 'list') {
      const answer = await client.call('listJobs');
      return terminal.result(answer, answer.jobs.map(line).join('\n') || 'There are no jobs.');
    }
    if (verb !== 'show' && verb !== 'cancel' && verb !== 'retry') throw new UsageError('jobs takes list, show, cancel or retry.');
    const id = words[1];
    if (id === undefined) throw new UsageError(`jobs ${verb} needs an ID.`);
    const job = await client.call(OPERATIONS[verb], { params: { id } });
    terminal.result(job, line(job));
  },
};
