/**
 * Which chord runs which command: the table's keys with the user's changes over them. The settings keep one string per
 * changed command; an empty one takes the keys away. Conflicts are found, never hidden.
 */
import { commandIds, commandTable } from './command-table.ts';
import type { CommandId } from './command-table.ts';
import { normalChord } from './key-chord.ts';

export type UserKeys = Readonly<Record<string, string>>;

/** The chords of a command as they are now; a user's chord replaces all defaults. */
export function chordsOf(id: CommandId, user: UserKeys): readonly string[] {
  const own = user[id];
  if (own === undefined) return commandTable[id].keys;
  const chord = normalChord(own);
  return chord === null ? [] : [chord];
}

/** The command a chord runs; of two with one chord the user's choice wins, then the table's order. */
export function commandOf(chord: string, user: UserKeys): CommandId | null {
  const matching = commandIds.filter((id) => chordsOf(id, user).includes(chord));
  return matching.find((id) => user[id] !== undefined) ?? matching[0] ?? null;
}

/** The other commands that have the chord. */
export function conflictsOf(id: CommandId, user: UserKeys): CommandId[] {
  const own = new Set(chordsOf(id, user));
  return commandIds.filter((other) => other !== id && chordsOf(other, user).some((chord) => own.has(chord)));
}

/** Reads an exported file of keys. @returns null when it is not one; unknown commands and chords are left out. */
export function parseKeys(text: string): UserKeys | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const known = new Set<string>(commandIds);
  return Object.fromEntries(
    Object.entries(value).filter(
      (entry): entry is [string, string] =>
        known.has(entry[0]) && typeof entry[1] === 'string' && (entry[1] === '' || normalChord(entry[1]) !== null),
    ),
  );
}
