/** kinetone analyze: the feature series of a video, as a list of FeatureFrame or as CSV. */
import { extname, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, text } from './command.ts';
import { followJob } from './follow-job.ts';
import { importOne } from './import-one.ts';
import { bodyOf, writeOutput } from './write-output.ts';

/** The series as bytes, made as fast as they are read. */
async function series({ client }: CommandContext, mediaId: string, format: 'json' | 'csv'): Promise<Readable> {
  return bodyOf(await client.open('exportFeatures', { params: { id: mediaId }, query: { format } }));
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
      await writeOutput(context, output, () => series(context, item.id, extension === '.csv' ? 'csv' : 'json'));
      terminal.result({ output, ...info }, `${line}\n${output}`);
    } else if (terminal.isJson) {
      await pipeline(await series(context, item.id, 'json'), process.stdout, { end: false });
      process.stdout.write('\n');
    } else {
      terminal.result(info, line);
    }
  },
};
