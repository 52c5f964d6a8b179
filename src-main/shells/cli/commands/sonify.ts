/** kinetone sonify: a video in, its sound or the film with its new sound out. */
import { extname, resolve } from 'node:path';

import { OUTPUT_FORMATS, type OutputFormat, type SonifyResult } from '../../../contract/documents/sonify.ts';
import { UsageError } from '../usage.ts';
import { type Command, type Values, text } from './command.ts';
import { followJob } from './follow-job.ts';
import { importOne } from './import-one.ts';
import { mappingOf, seedOf } from './mapping-option.ts';

const DEFAULT_LUFS = -14;

function formatOf(output: string): OutputFormat {
  const extension = extname(output).slice(1).toLowerCase();
  const format = OUTPUT_FORMATS.find((known) => known === extension);
  if (!format) throw new UsageError(`-o ends in one of ${OUTPUT_FORMATS.map((known) => `.${known}`).join(', ')}; got "${output}".`);
  return format;
}

function loudnessOf(values: Values): number | 'off' {
  const given = text(values, 'loudness');
  if (given === undefined) return DEFAULT_LUFS;
  if (given === 'off') return 'off';
  const value = Number(given);
  if (!Number.isFinite(value) || value < -40 || value > -5) throw new UsageError(`--loudness is "off" or a number from -40 to -5; got "${given}".`);
  return value;
}

function originalOf(values: Values): 'drop' | 'mix' | 'duck' {
  const given = text(values, 'original') ?? 'drop';
  if (given !== 'drop' && given !== 'mix' && given !== 'duck') throw new UsageError(`--original is drop, mix or duck; got "${given}".`);
  return given;
}

function summary(output: string, result: SonifyResult): string {
  const { integrated_lufs: lufs, true_peak_db: peak } = result.loudness;
  const sound = lufs === null ? 'silent' : `${lufs.toFixed(1)} LUFS, true peak ${peak?.toFixed(1) ?? '-'} dBTP`;
  return `${output}  ${result.duration_s.toFixed(2)} s, ${sound}`;
}

export const sonify: Command = {
  maxWords: 1,
  runsJobs: true,
  options: {
    output: { type: 'string', short: 'o' },
    mapping: { type: 'string' },
    seed: { type: 'string' },
    stems: { type: 'string' },
    loudness: { type: 'string' },
    original: { type: 'string' },
    overwrite: { type: 'boolean' },
  },
  async run(context) {
    const { client, terminal, values } = context;
    const output = text(values, 'output');
    if (output === undefined) throw new UsageError('-o OUT is missing.');
    const stems = text(values, 'stems');
    const settings = { format: formatOf(output), loudness: loudnessOf(values), original: originalOf(values), stems: stems !== undefined };
    const seed = seedOf(values);
    const mapping = await mappingOf(context);
    const item = await importOne(context, 'VIDEO');
    const { job_id } = await client.call('startRender', {
      body: {
        media_id: item.id,
        mapping,
        seed,
        settings,
        output: { path: resolve(output), stems_folder: stems === undefined ? null : resolve(stems), overwrite: values['overwrite'] === true },
      },
    });
    const job = await followJob(context, job_id);
    const result = job.result as SonifyResult;
    if (result.loudness.note !== null) terminal.note(result.loudness.note);
    for (const check of result.verification.checks.filter((row) => !row.passed)) {
      terminal.note(`${check.name}: expected ${check.expected}, measured ${check.measured}`);
    }
    terminal.result(result, summary(output, result));
  },
};
