/** The SettingsStore over SQLite: one row of JSON; what it does not hold, or no longer fits, takes the default. */
import { SettingsSchema, type Settings } from '../../contract/documents/system.ts';
import { DEFAULT_SETTINGS, type SettingsStore } from '../../core/settings.ts';
import type { SqliteDatabase } from './database.ts';
import { translatingErrors } from './errors.ts';

/** @throws AppError (translated) from both methods. */
export function createSettingsStore(database: SqliteDatabase): SettingsStore {
  const select = database.prepare<[], string>('SELECT document FROM settings WHERE id = 1').pluck();
  const upsert = database.prepare('INSERT INTO settings (id, document) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document');
  const read = (): Settings => {
    const stored = select.get();
    return stored === undefined ? DEFAULT_SETTINGS : { ...DEFAULT_SETTINGS, ...fittingFields(JSON.parse(stored)) };
  };
  const change = database.transaction((fields: Partial<Settings>): Settings => {
    const settings = { ...read(), ...fields };
    upsert.run(JSON.stringify(settings));
    return settings;
  });
  return translatingErrors<SettingsStore>({ read, change: (fields) => change.immediate(fields) }, database);
}

/** Field by field, so that one value from another version does not cost the others. */
function fittingFields(stored: unknown): Partial<Settings> {
  const fields = Object.entries(SettingsSchema.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse((stored as Record<string, unknown> | null)?.[name]);
    return parsed.success ? [[name, parsed.data] as const] : [];
  });
  return Object.fromEntries(fields) as Partial<Settings>;
}
