/** kinetone library add PATH… | list | show ID | remove ID | search TEXT | --like ID | --follow ID */
import { resolve } from 'node:path';

import { DIFFICULTIES, ENERGY_LEVELS, type LibraryImportReport, type Move } from '../../../contract/documents/move.ts';
import { MOST_HITS, type MoveHit } from '../../../contract/documents/move-search.ts';
import { UsageError } from '../usage.ts';
import { type Command, type CommandContext, type Values, text } from './command.ts';
import { followJob } from './follow-job.ts';

function line({ id, path, duration, labels, is_missing, state }: Move): string {
  const words = [labels.category, labels.difficulty, labels.energy_level, labels.style].flatMap((label) => (label ? [label.value] : []));
  return [id, `${duration.toFixed(2)} s`.padStart(9), state.padEnd(7), path, words.join(', '), is_missing ? '(missing)' : ''].join('  ').trimEnd();
}

const hitLine = ({ id, score, path, reason }: MoveHit): string => [id, score.toFixed(3), path, reason].join('  ');

function reportLine({ added, unchanged, changed, relinked, missing, annotated }: LibraryImportReport): string {
  const counts = { new: added, unchanged, changed, 'found again': relinked, missing, labelled: annotated };
  return Object.entries(counts).filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`).join(', ') || 'Nothing was found.';
}

async function add(context: CommandContext): Promise<void> {
  const { client, terminal, values, words } = context;
  const paths = words.slice(1);
  if (paths.length === 0) throw new UsageError('library add needs at least one PATH.');
  const annotations = text(values, 'annotations');
  const { job_id } = await client.call('addLibraryFolder', { body: { paths: paths.map((path) => resolve(path)), ...(annotations === undefined ? {} : { annotations: resolve(annotations) }) } });
  const report = (await followJob(context, job_id)).result as LibraryImportReport;
  for (const { name, message } of report.rejected) terminal.note(`${name}: ${message}`);
  for (const note of report.notes) terminal.note(note);
  const analysis = await client.call('analyzeMoves', { body: {} });
  if (analysis.job_id !== null) {
    const { failed } = (await followJob(context, analysis.job_id)).result as { failed: { message: string }[] };
    for (const { message } of failed) terminal.note(message);
  }
  terminal.result(report, reportLine(report));
}

function oneOf<Word extends string>(values: Values, name: string, words: readonly Word[]): Word | undefined {
  const given = text(values, name);
  const found = words.find((word) => word === given);
  if (given !== undefined && found === undefined) throw new UsageError(`--${name} is ${words.join(', ')}; got "${given}".`);
  return found;
}

function topOf(values: Values): number | undefined {
  const given = text(values, 'top');
  if (given === undefined) return undefined;
  const top = Number(given);
  if (!Number.isInteger(top) || top < 1 || top > MOST_HITS) throw new UsageError(`--top is a number from 1 to ${MOST_HITS}; got "${given}".`);
  return top;
}

/** Only what was said. */
function given<T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

async function search({ client, terminal, values, words }: CommandContext): Promise<void> {
  const sentence = words.slice(1).join(' ');
  const [like, follow] = [text(values, 'like'), text(values, 'follow')];
  if (sentence === '' && like === undefined && follow === undefined) throw new UsageError('library search needs TEXT, --like ID or --follow ID.');
  const filters = given({ difficulty: oneOf(values, 'difficulty', DIFFICULTIES), energy_level: oneOf(values, 'energy', ENERGY_LEVELS), style: text(values, 'style') });
  const { hits, notes } = await client.call('searchMoves', { body: { ...given({ text: sentence === '' ? undefined : sentence, like, follow, top: topOf(values) }), filters } });
  for (const note of notes) if (!terminal.isJson) terminal.note(note);
  const plain = hits.map(({ id, path, name, category, score, reason }) => ({ id, path, name, category, score, reason }));
  terminal.result({ hits: plain, notes }, hits.map(hitLine).join('\n') || 'No move matches.');
}

async function show({ client, terminal, words }: CommandContext): Promise<void> {
  const id = words[1];
  if (id === undefined) throw new UsageError('library show needs an ID.');
  const move = await client.call('getMove', { params: { id } });
  terminal.result(move, JSON.stringify(move, null, 2));
}

async function remove({ client, terminal, words }: CommandContext): Promise<void> {
  const ids = words.slice(1);
  const [first] = ids;
  if (first === undefined) throw new UsageError('library remove needs an ID.');
  const { folders } = await client.call('listLibraryFolders');
  if (folders.some(({ id }) => id === first)) {
    await client.call('removeLibraryFolder', { params: { id: first } });
    return terminal.result({ removed_folder: first }, 'The folder is no longer in the library; its files are untouched.');
  }
  for (const id of ids) await client.call('getMove', { params: { id } });
  const answer = await client.call('removeMoves', { body: { ids } });
  terminal.result(answer, `${answer.removed} ${answer.removed === 1 ? 'move is' : 'moves are'} no longer in the library; the files are untouched.`);
}

async function list({ client, terminal }: CommandContext): Promise<void> {
  const [{ moves }, { folders }] = [await client.call('listMoves'), await client.call('listLibraryFolders')];
  const heads = folders.map(({ id, name, moves: count, missing, is_away: isAway }) => `${id}  ${name}: ${count} moves${isAway ? ', not reachable now' : missing > 0 ? `, ${missing} missing` : ''}`);
  terminal.result({ folders, moves }, [...heads, ...moves.map(line)].join('\n') || 'The library is empty.');
}

export const library: Command = {
  maxWords: Number.POSITIVE_INFINITY,
  runsJobs: ([verb]) => verb === 'add',
  options: {
    annotations: { type: 'string' },
    like: { type: 'string' },
    follow: { type: 'string' },
    difficulty: { type: 'string' },
    energy: { type: 'string' },
    style: { type: 'string' },
    top: { type: 'string' },
  },
  async run(context) {
    const verbs: Readonly<Record<string, (context: CommandContext) => Promise<void>>> = { add, list, show, remove, search };
    const verb = Object.hasOwn(verbs, context.words[0] ?? '') ? verbs[context.words[0] ?? ''] : undefined;
    if (!verb) throw new UsageError('library takes add, list, show, remove or search.');
    return verb(context);
  },
};
