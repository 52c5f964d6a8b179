/** kinetone analyze: the feature series of a video, as a list of FeatureFrame or as CSV. */
import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

import { AppError } from '../../../contract/errors.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, text } from './command.ts';
import { followJob } from './follow-job.ts';
import { importOne } from './import-one.ts';

async function writeSeries(context: CommandContext, mediaId: string, format: 'json' | 'csv', output: string): Promise<void> {
  if (existsSync(output) && context.values['overwrite'] !== true) {
    throw new AppError('output-exists', `${basename(output)} is there already.`, { hint: 'Choose another name, or allow it to be replaced (--overwrite).' });
  }
  const partial = `${output}.partial-${process.pid}`;
  try {
    await pipeline(await series(context, mediaId, format), createWriteStream(partial, { flush: true }), { signal: context.signal });
    await rename(partial, output);
  } catch (cause) {
    await rm(partial, { force: true });
    if (context.signal.aborted || cause instanceof AppError) throw cause;
    const isFull = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
    throw isFull
      ? new AppError('disk-full', `The disk is full: ${basename(output)} could not be written.`, { hint: 'Free some space and try again.', cause })
      : new AppError('output-unwritable', `${basename(output)} cannot be written there.`, { hint: 'Choose another folder.', cause });
  }
}

/** The series as bytes, made as fast as they are read. */
async function series({ client }: CommandContext, mediaId: string, format: 'json' | 'csv'): Promise<Readable> {
  const response = await client.open('exportFeatures', { params: { id: mediaId }, query: { format } });
  if (!response.body) throw new AppError('internal', 'The feature series came without a body.');
  return Readable.fromWeb(response.body as NodeReadableStream);
}

export const analyze: Command = {
  maxWords: 1,
  runsJobs: true,
  options: { output: { type: 'string', short: 'o' }, overwrite: { type: 'boolean' } },
  async run(context) {
    const { client, terminal, values } = context;
    const named = text(values, 'output');
    const output = named === undefined ? undefined : resolve(named);
    const extension = output === undefined ? '' : extname(output).toLowerCase();
    if (output !== undefined && extension !== '.json' && extension !== '.csv') throw new UsageError(`-o ends in .json or .csv; got "${output}".`);
    const item = await importOne(context, 'VIDEO');
    const started = await client.call('analyzeMedia', { params: { id: item.id } });
    if (started.job_id !== null) await followJob(context, started.job_id);
    const info = await client.call('getFeatureInfo', { params: { id: item.id } });
    const line = `${item.name}: ${info.frames} frames, ${info.duration_s.toFixed(2)} s, analysed at ${info.raster_width}×${info.raster_height}`;
    if (output !== undefined) {
      await writeSeries(context, item.id, extension === '.csv' ? 'csv' : 'json', output);
      terminal.result({ output, ...info }, `${line}\n${output}`);
    } else if (terminal.isJson) {
      await pipeline(await series(context, item.id, 'json'), process.stdout, { end: false });
      process.stdout.write('\n');
    } else {
      terminal.result(info, line);
    }
  },
};
