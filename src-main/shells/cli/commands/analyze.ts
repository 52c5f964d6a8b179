/** kinetone analyze: the feature series of a video, as a list of FeatureFrame or as CSV. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

import { AppError } from '../../../contract/errors.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, text } from './command.ts';
import { followJob } from './follow-job.ts';
import { importOne } from './import-one.ts';

async function writeSeries(context: CommandContext, mediaId: string, format: 'json' | 'csv', output: string): Promise<void> {
  const response = await context.client.open('exportFeatures', { params: { id: mediaId }, query: { format } });
  if (!response.body) throw new AppError('internal', 'The feature series came without a body.');
  const partial = `${output}.partial-${process.pid}`;
  try {
    await pipeline(Readable.fromWeb(response.body as NodeReadableStream), createWriteStream(partial), { signal: context.signal });
    await rename(partial, output);
  } catch (cause) {
    await rm(partial, { force: true });
    if (context.signal.aborted) throw cause;
    throw new AppError('output-unwritable', `${output} cannot be written.`, { hint: 'Choose another folder.', cause });
  }
}

export const analyze: Command = {
  runsJobs: true,
  options: { output: { type: 'string', short: 'o' } },
  async run(context) {
    const { client, terminal, values } = context;
    const output = text(values, 'output');
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
      const response = await client.open('exportFeatures', { params: { id: item.id }, query: { format: 'json' } });
      for await (const chunk of Readable.fromWeb(response.body as NodeReadableStream)) process.stdout.write(chunk as Buffer);
      process.stdout.write('\n');
    } else {
      terminal.result(info, line);
    }
  },
};
