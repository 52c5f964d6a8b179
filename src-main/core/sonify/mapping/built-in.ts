/** The mappings that ship with the program, and reading any mapping document: migrated, then validated. */
import { type Mapping, MappingSchema } from '../../../contract/documents/mapping.ts';
import { AppError } from '../../../contract/errors.ts';

/** Ids of the built-in mappings in the order they are offered; the files are resources/mappings/<id>.json. */
export const BUILT_IN_IDS = ['wobble', 'garage', 'glasshouse', 'nightdrive', 'ritual', 'circuit', 'stillwater'] as const;
export const DEFAULT_MAPPING_ID = BUILT_IN_IDS[0];

export const MAPPING_VERSION = 1;

/** From each version to the next; a document is walked through until it is current. */
const migrations: readonly ((document: Record<string, unknown>) => Record<string, unknown>)[] = [
  // Documents from before versions were written down are version 1 in all but name.
  (document) => ({ ...document, version: 1 }),
];

/**
 * A mapping from parsed JSON of any known version.
 * @throws AppError 'mapping-invalid' naming the first field that is wrong, or a version newer than this program.
 */
export function readMapping(json: unknown, name = 'The mapping'): Mapping {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw new AppError('mapping-invalid', `${name} is not a mapping.`);
  let document = json as Record<string, unknown>;
  const version = document.version ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) throw new AppError('mapping-invalid', `${name} has no usable version.`);
  if (version > MAPPING_VERSION) {
    throw new AppError('mapping-invalid', `${name} was made by a newer Kinetone (version ${version}; this one reads up to ${MAPPING_VERSION}).`, {
      hint: 'Update Kinetone, or export the mapping again from there.',
    });
  }
  for (const migrate of migrations.slice(version)) document = migrate(document);
  const parsed = MappingSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new AppError('mapping-invalid', `${name} is not valid: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/**
 * All built-in mappings in their order.
 * @param readText  the text of resources/mappings/<id>.json.
 * @throws AppError 'mapping-invalid' when a shipped file is damaged.
 */
export function loadBuiltIn(readText: (id: string) => string): Mapping[] {
  return BUILT_IN_IDS.map((id) => readMapping(JSON.parse(readText(id)), `Built-in mapping ${id}`));
}
