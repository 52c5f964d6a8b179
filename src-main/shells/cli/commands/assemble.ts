/** kinetone assemble: a blueprint in, the film out. The blueprint comes from a file or from the environment. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';

import type { AssemblyResult } from '../../../contract/documents/assembly.ts';
import { ASSEMBLY_PRESETS, type AssemblyPreset } from '../../../contract/documents/blueprint.ts';
import { AppError } from '../../../contract/errors.ts';
import { blueprintInvalid, faultText } from '../../../contract/text/en/assembly.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, type Values, text } from './command.ts';
import { followJob } from './follow-job.ts';

export interface GivenBlueprint {
  readonly document: unknown;
  /** What its paths are relative to unless --root says otherwise. */
  readonly folder: string;
}

function parsed(content: string): unknown {
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw blueprintInvalid([{ pointer: '', ...faultText.notJson(error instanceof Error ? error.message : '') }]);
  }
}

/** @throws AppError 'media-not-found', 'blueprint-invalid' */
async function fromFile(given: string): Promise<GivenBlueprint> {
  const path = resolve(given);
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('media-not-found', `The blueprint ${basename(path)} cannot be read.`, { hint: 'Check the path.', cause });
  });
  return { document: parsed(content), folder: dirname(path) };
}

/** The word on the command line, else $BLUEPRINT_JSON, else $BLUEPRINT_FILE. */
export async function givenBlueprint(word: string | undefined, environment: Readonly<Record<string, string | undefined>>): Promise<GivenBlueprint> {
  if (word !== undefined) return fromFile(word);
  const json = environment['BLUEPRINT_JSON'];
  if (json !== undefined && json !== '') return { document: parsed(json), folder: process.cwd() };
  const file = environment['BLUEPRINT_FILE'];
  if (file === undefined || file === '') throw new UsageError('BLUEPRINT.json is missing, and neither BLUEPRINT_JSON nor BLUEPRINT_FILE is set.');
  return { ...(await fromFile(file)), folder: process.cwd() };
}

function presetOf(values: Values): AssemblyPreset | null {
  const given = text(values, 'preset');
  if (given === undefined) return null;
  const preset = ASSEMBLY_PRESETS.find((known) => known === given);
  if (!preset) throw new UsageError(`--preset is ${ASSEMBLY_PRESETS.join(', ')}; got "${given}".`);
  return preset;
}

/** The container follows from the name. */
function withFormat(document: unknown, output: string | undefined): unknown {
  if (output === undefined || typeof document !== 'object' || document === null) return document;
  const format = extname(output).slice(1).toLowerCase();
  if (format !== 'mp4' && format !== 'mov' && format !== 'mkv') throw new UsageError(`-o ends in .mp4, .mov or .mkv; got "${output}".`);
  if (!('moves' in document)) return document;
  const config = (document as { output_config?: unknown }).output_config;
  if (config !== undefined && (typeof config !== 'object' || config === null)) return document;
  return { ...document, output_config: { ...config, output_format: format } };
}

async function placeOf({ client }: CommandContext, output: string | undefined, result: AssemblyResult): Promise<string> {
  if (output !== undefined) return output;
  const { name } = await client.call('getArtifact', { params: { id: result.artifact_id } });
  return name;
}

export const assemble: Command = {
  maxWords: 1,
  runsJobs: true,
  options: { output: { type: 'string', short: 'o' }, root: { type: 'string' }, preset: { type: 'string' }, overwrite: { type: 'boolean' } },
  async run(context) {
    const { client, terminal, values, words } = context;
    const output = text(values, 'output');
    const preset = presetOf(values);
    const { document, folder } = await givenBlueprint(words[0], process.env);
    const overwrite = values['overwrite'] === true;
    const { job_id } = await client.call('startAssembly', {
      body: {
        blueprint: withFormat(document, output),
        root: resolve(text(values, 'root') ?? folder),
        output: output === undefined ? null : { path: resolve(output), overwrite },
        overwrite,
        preset,
      },
    });
    const job = await followJob(context, job_id);
    const result = job.result as AssemblyResult;
    for (const note of result.notes) terminal.note(note);
    for (const check of result.verification.checks.filter((row) => !row.passed)) terminal.note(`${check.name}: expected ${check.expected}, measured ${check.measured}`);
    const shares = `${result.copied_frames} frames copied, ${result.encoded_frames} encoded`;
    terminal.result(result, `${await placeOf(context, output, result)}  ${result.duration.toFixed(2)} s, ${result.width}×${result.height}, ${shares}`);
  },
};
