/** kinetone sonify: a video in, its sound or the film with its new sound out. */
import { readFile } from 'node:fs/promises';
import { extname, resolve } from 'node:path';

import { type Mapping, MappingSchema } from '../../../contract/documents/mapping.ts';
import { OUTPUT_FORMATS, type OutputFormat, type SonifyResult } from '../../../contract/documents/sonify.ts';
import { AppError } from '../../../contract/errors.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, type Values, text } from './command.ts';
import { followJob } from './follow-job.ts';
import { importOne } from './import-one.ts';

const DEFAULT_MAPPING = 'wobble';
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

function seedOf(values: Values): number {
  const given = text(values, 'seed') ?? '0';
  const value = Number(given);
  if (given.trim() === '' || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw new UsageError(`--seed is a whole number from 0 to 4294967295; got "${given}".`);
  return value;
}

function originalOf(values: Values): 'drop' | 'mix' | 'duck' {
  const given = text(values, 'original') ?? 'drop';
  if (given !== 'drop' && given !== 'mix' && given !== 'duck') throw new UsageError(`--original is drop, mix or duck; got "${given}".`);
  return given;
}

async function mappingFile(path: string): Promise<Mapping> {
  const content: unknown = await readFile(path, 'utf8').then(JSON.parse).catch((cause: unknown) => {
    throw new AppError('mapping-invalid', `The mapping ${path} cannot be read.`, { hint: 'It must be a JSON file that Kinetone exported.', cause });
  });
  const mapping = MappingSchema.safeParse(content);
  if (mapping.success) return mapping.data;
  const fault = mapping.error.issues[0];
  throw new AppError('mapping-invalid', `The mapping ${path} is not valid: ${fault?.path.join('/') ?? ''} ${fault?.message ?? ''}`, { details: mapping.error.issues });
}

/** A file when it looks like one, else a mapping of the program by id or name. */
async function mappingOf(context: CommandContext): Promise<Mapping> {
  const wanted = text(context.values, 'mapping') ?? DEFAULT_MAPPING;
  if (wanted.endsWith('.json')) return mappingFile(resolve(wanted));
  const { mappings } = await context.client.call('listMappings');
  const found = mappings.find(({ mapping }) => mapping.id === wanted || mapping.name.toLowerCase() === wanted.toLowerCase());
  if (found) return found.mapping;
  throw new AppError('not-found', `There is no mapping "${wanted}".`, { hint: `Choose one of ${mappings.map(({ mapping }) => mapping.id).join(', ')}, or a .json file.` });
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
