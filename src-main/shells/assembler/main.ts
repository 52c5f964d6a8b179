/**
 * The assembler as a program of its own, for a render job in a container: reads a blueprint, writes the film, prints the
 * result as JSON, ends with 0 or 1 (130 when interrupted). It loads no analysis, no search and no planner.
 */
import { parseArgs } from 'node:util';

import { assembleDocument } from '../../app/assembler.ts';
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import { givenBlueprint } from './given-blueprint.ts';

/** A render job that takes longer is given up, as the seed's is; 0 for no limit. */
const DEFAULT_LIMIT_S = 300;

function limitOf(environment: Readonly<Record<string, string | undefined>>): number {
  const given = Number(environment['ASSEMBLY_TIMEOUT_S'] ?? DEFAULT_LIMIT_S);
  return Number.isFinite(given) && given >= 0 ? given : DEFAULT_LIMIT_S;
}

async function run(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { output: { type: 'string', short: 'o' }, root: { type: 'string' }, 'data-dir': { type: 'string' } },
  });
  const given = await givenBlueprint(positionals[0], process.env);
  if (given === null) throw new AppError('input-invalid', 'There is no blueprint.', { hint: 'Set BLUEPRINT_JSON or BLUEPRINT_FILE, or name a file.' });
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort());
  const limitS = limitOf(process.env);
  const limit = new AbortController();
  const timer = limitS === 0 ? undefined : setTimeout(() => limit.abort(), limitS * 1000);
  let shown = '';
  try {
    const result = await assembleDocument(given.document, {
      dataDir: values['data-dir'],
      root: values.root ?? given.folder,
      output: values.output ?? null,
      signal: AbortSignal.any([stop.signal, limit.signal]),
      onStage: (stage) => {
        if (stage !== shown) process.stderr.write(`${stage} …\n`);
        shown = stage;
      },
      onNote: (line) => process.stderr.write(`${line}\n`),
    });
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } catch (error) {
    if (!limit.signal.aborted || !isAbort(error)) throw error;
    throw new AppError('assembly-timeout', `The film was not finished within ${limitS} s.`, { hint: 'Run it again: what is done is kept. ASSEMBLY_TIMEOUT_S sets the limit, 0 takes it away.' });
  } finally {
    clearTimeout(timer);
  }
}

run().catch((error: unknown) => {
  const { message, hint, code } = toAppError(error);
  process.stderr.write(`assembler: ${message}${hint === undefined ? '' : ` ${hint}`} [${code}]\n`);
  process.exitCode = isAbort(error) ? 130 : 1;
});
