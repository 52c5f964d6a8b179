/** --mapping and --seed: a mapping by name, by id or from a file; a whole number. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { type Mapping, MappingSchema } from '../../../contract/documents/mapping.ts';
import { AppError } from '../../../contract/errors.ts';
import { UsageError } from '../usage.ts';
import { type CommandContext, type Values, text } from './command.ts';

const DEFAULT_MAPPING = 'wobble';

export function seedOf(values: Values): number {
  const given = text(values, 'seed') ?? '0';
  const value = Number(given);
  if (given.trim() === '' || !Number.isInteger(value) || value < 0 || value > 0xffff_ffff) throw new UsageError(`--seed is a whole number from 0 to 4294967295; got "${given}".`);
  return value;
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
export async function mappingOf(context: CommandContext): Promise<Mapping> {
  const wanted = text(context.values, 'mapping') ?? DEFAULT_MAPPING;
  if (wanted.endsWith('.json')) return mappingFile(resolve(wanted));
  const { mappings } = await context.client.call('listMappings');
  const found = mappings.find(({ mapping }) => mapping.id === wanted || mapping.name.toLowerCase() === wanted.toLowerCase());
  if (found) return found.mapping;
  throw new AppError('not-found', `There is no mapping "${wanted}".`, { hint: `Choose one of ${mappings.map(({ mapping }) => mapping.id).join(', ')}, or a .json file.` });
}
