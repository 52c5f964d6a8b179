/** The blueprint a command is given: a file, or the environment. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import { blueprintInvalid, faultText } from '../../contract/text/en/assembly.ts';

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

async function fromFile(given: string): Promise<GivenBlueprint> {
  const path = resolve(given);
  const content = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('media-not-found', `The blueprint ${basename(path)} cannot be read.`, { hint: 'Check the path.', cause });
  });
  return { document: parsed(content), folder: dirname(path) };
}

/**
 * The file named on the command line, else $BLUEPRINT_JSON, else the file in $BLUEPRINT_FILE; null when there is none.
 * @throws AppError 'media-not-found', 'blueprint-invalid'
 */
export async function givenBlueprint(word: string | undefined, environment: Readonly<Record<string, string | undefined>>): Promise<GivenBlueprint | null> {
  if (word !== undefined) return fromFile(word);
  const json = environment['BLUEPRINT_JSON'];
  if (json !== undefined && json !== '') return { document: parsed(json), folder: process.cwd() };
  const file = environment['BLUEPRINT_FILE'];
  return file === undefined || file === '' ? null : { ...(await fromFile(file)), folder: process.cwd() };
}
