/** kinetone assemble: a blueprint in, the film out. The blueprint comes from a file or from the environment. */
import { extname, resolve } from 'node:path';

import type { AssemblyEstimate, AssemblyResult } from '../../../contract/documents/assembly.ts';
import { ASSEMBLY_PRESETS, type AssemblyPreset } from '../../../contract/documents/blueprint.ts';
import { givenBlueprint } from '../../assembler/given-blueprint.ts';
import { clockTime } from '../terminal.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, type Values, text } from './command.ts';
import { followJob } from './follow-job.ts';
import { bodyOf, writeOutput } from './write-output.ts';

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
  if (format !== 'mp4' && format !== 'mov' && format !== 'mkv') throw new UsageError(`-o ends in .mp4, .mov, .mkv, .edl or .otio; got "${output}".`);
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

const isInterchange = (output: string): boolean => /\.(edl|otio)$/i.test(output);

async function exportTo(context: CommandContext, output: string, blueprint: unknown): Promise<void> {
  const format = output.toLowerCase().endsWith('.edl') ? 'edl' : 'otio';
  await writeOutput(context, resolve(output), async () => bodyOf(await context.client.open('exportBlueprint', { body: { blueprint, format } })));
  context.terminal.result({ output: resolve(output) }, output);
}

function estimateLine({ time_s: time, size_bytes: size, disk_bytes: disk, free_bytes: free, width, height, copies_missing: missing }: AssemblyEstimate): string {
  const mb = (bytes: number): string => `${Math.ceil(bytes / 1e6)} MB`;
  return `${width}×${height}, about ${clockTime(time)} and ${mb(size)}; needs ${mb(disk)} of disk (${mb(free)} free); ${missing} clips are still to be prepared`;
}

export const assemble: Command = {
  maxWords: 1,
  runsJobs: true,
  options: { estimate: { type: 'boolean' }, output: { type: 'string', short: 'o' }, root: { type: 'string' }, preset: { type: 'string' }, overwrite: { type: 'boolean' } },
  async run(context) {
    const { client, terminal, values, words } = context;
    const output = text(values, 'output');
    const preset = presetOf(values);
    const given = await givenBlueprint(words[0], process.env);
    if (given === null) throw new UsageError('BLUEPRINT.json is missing, and neither BLUEPRINT_JSON nor BLUEPRINT_FILE is set.');
    const { document, folder } = given;
    const overwrite = values['overwrite'] === true;
    if (output !== undefined && isInterchange(output)) return exportTo(context, output, document);
    const root = resolve(text(values, 'root') ?? folder);
    if (values['estimate'] === true) {
      const estimate = await client.call('estimateAssembly', { body: { blueprint: document, root, preset } });
      return terminal.result(estimate, estimateLine(estimate));
    }
    const { job_id } = await client.call('startAssembly', {
      body: {
        blueprint: withFormat(document, output),
        root,
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
