/** kinetone choreograph: a song or a description in; a plan, its blueprint or the finished film out. */
import { extname, resolve } from 'node:path';
import { Readable } from 'node:stream';

import type { AssemblyResult } from '../../../contract/documents/assembly.ts';
import { type ChoreographyExport, DEFAULT_CHOREOGRAPHY_EXPORT, type Plan } from '../../../contract/documents/choreography.ts';
import { DIFFICULTIES, ENERGY_LEVELS } from '../../../contract/documents/move.ts';
import { AppError } from '../../../contract/errors.ts';
import type { Planned } from '../../../contract/operations/choreography.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, type Values, text } from './command.ts';
import { followJob } from './follow-job.ts';
import { importOne } from './import-one.ts';
import { writeOutput } from './write-output.ts';

const MOST_SEED = 0xffff_ffff;
const FORMATS = ['mp4', 'mov', 'mkv'] as const;
const PRESETS = ['low', 'medium', 'high'] as const;

function oneOf<Word extends string>(values: Values, name: string, words: readonly Word[]): Word | undefined {
  const given = text(values, name);
  const found = words.find((word) => word === given);
  if (given !== undefined && found === undefined) throw new UsageError(`--${name} is ${words.join(', ')}; got "${given}".`);
  return found;
}

function seedOf(values: Values): number {
  const given = text(values, 'seed') ?? '0';
  const seed = Number(given);
  if (!/^\d+$/.test(given) || seed > MOST_SEED) throw new UsageError(`--seed is a whole number from 0 to ${MOST_SEED}; got "${given}".`);
  return seed;
}

function exportOf(values: Values, output: string | undefined): ChoreographyExport {
  const format = output === undefined ? 'mp4' : FORMATS.find((known) => known === extname(output).slice(1).toLowerCase());
  if (format === undefined) throw new UsageError(`-o ends in .mp4, .mov or .mkv; got "${output}".`);
  return { ...DEFAULT_CHOREOGRAPHY_EXPORT, format, preset: oneOf(values, 'preset', PRESETS) ?? null };
}

/** The song to dance to, analysed: the one that was named, else the best of the library for the words. */
async function songOf(context: CommandContext, described: string | undefined): Promise<string> {
  const { client, terminal, values } = context;
  const path = text(values, 'song');
  let id: string | undefined;
  if (path === undefined) {
    const { songs } = await client.call('suggestSongs', { body: { text: described ?? '', top: 1 } });
    if (!songs[0]) throw new AppError('choreography-impossible', 'There is no song in the library to choose from.', { hint: 'Name one with --song, or add some with kinetone media add.' });
    id = songs[0].song_id;
    if (!terminal.isJson) terminal.note(`Song: ${songs[0].name}${songs[0].reasons.length === 0 ? '' : ` (${songs[0].reasons.join(', ')})`}`);
  } else id = (await importOne({ ...context, words: [path] }, 'AUDIO')).id;
  const { job_id: job } = await client.call('analyzeSong', { params: { id }, body: {} });
  if (job !== null) await followJob(context, job);
  return id;
}

async function planOf(context: CommandContext): Promise<Planned> {
  const { client, terminal, values } = context;
  const described = text(values, 'describe');
  if (described === undefined && text(values, 'song') === undefined) throw new UsageError('choreograph needs --song AUDIO or --describe TEXT.');
  const [difficulty, energy, style] = [oneOf(values, 'difficulty', DIFFICULTIES), oneOf(values, 'energy', ENERGY_LEVELS), text(values, 'style')];
  const seed = seedOf(values);
  const song = await songOf(context, described);
  const parameters = { ...(difficulty === undefined ? {} : { difficulty }), ...(energy === undefined ? {} : { energy_level: energy }), ...(style === undefined ? {} : { style }) };
  const planned = await client.call('planChoreography', { body: { song_id: song, text: described ?? null, parameters, seed, use_gemini: values['gemini'] === true } });
  if (terminal.isJson) return planned;
  if (planned.request !== null && planned.request.chips.length > 0) terminal.note(`Understood: ${planned.request.chips.map(({ label }) => label).join(', ')}`);
  if (planned.request !== null && planned.request.ignored.length > 0) terminal.note(`Not understood: ${planned.request.ignored.join(', ')}`);
  for (const note of planned.request?.notes ?? []) terminal.note(note);
  for (const note of planned.plan.notes) terminal.note(note.text);
  if (planned.is_cached) terminal.note('The same was asked before: this is the stored plan.');
  return planned;
}

const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(2).padStart(5, '0')}`;

function planLines({ song_name: song, segments, score, seed }: Plan): string {
  const total = `${song}: ${segments.length} segments of ${score.different_moves} moves, score ${score.total.toFixed(3)}, beat alignment ${score.beat_alignment.toFixed(3)}, seed ${seed}`;
  const lines = segments.map(({ start_s: start, counts, path, in_s: from, speed, transition, reason }) =>
    [clock(start).padStart(8), String(counts).padStart(3), `×${speed.toFixed(2)}`, `from ${from.toFixed(2)}`.padEnd(10), transition === 'cut' ? '' : transition, path, `(${reason})`].filter((part) => part !== '').join('  '),
  );
  return [total, ...lines].join('\n');
}

async function film(context: CommandContext, blueprint: unknown, output: string): Promise<void> {
  const { client, terminal, values } = context;
  const { job_id } = await client.call('startAssembly', { body: { blueprint, output: { path: resolve(output), overwrite: values['overwrite'] === true } } });
  const result = (await followJob(context, job_id)).result as AssemblyResult;
  for (const note of result.notes) terminal.note(note);
  for (const check of result.verification.checks.filter((row) => !row.passed)) terminal.note(`${check.name}: expected ${check.expected}, measured ${check.measured}`);
  terminal.result(result, `${output}  ${result.duration.toFixed(2)} s, ${result.width}×${result.height}`);
}

export const choreograph: Command = {
  runsJobs: true,
  options: {
    song: { type: 'string' },
    describe: { type: 'string' },
    difficulty: { type: 'string' },
    energy: { type: 'string' },
    style: { type: 'string' },
    seed: { type: 'string' },
    preset: { type: 'string' },
    output: { type: 'string', short: 'o' },
    blueprint: { type: 'string' },
    overwrite: { type: 'boolean' },
    gemini: { type: 'boolean' },
  },
  async run(context) {
    const { client, terminal, values } = context;
    const [output, file] = [text(values, 'output'), text(values, 'blueprint')];
    const settings = exportOf(values, output);
    const { plan } = await planOf(context);
    if (output === undefined && file === undefined) return terminal.result(plan, planLines(plan));
    const blueprint = await client.call('blueprintOfPlan', { body: { plan, export: settings } });
    if (file !== undefined) await writeOutput(context, resolve(file), async () => Readable.from([`${JSON.stringify(blueprint, null, 2)}\n`]));
    if (output !== undefined) return film(context, blueprint, output);
    return terminal.result(blueprint, `${file}  ${plan.segments.length} segments`);
  },
};
