/**
 * Which chord runs which command: the table's keys with the user's changes over them. The settings keep one string per
 * changed command; an empty one takes the keys away. Conflicts are found, never hidden.
 */
import { PLACES, commandIds, commandTable } from './command-table.ts';
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

/** How far in a command's screen is; those of no screen are outermost. */
function depthOf(id: CommandId): number {
  const { place } = commandTable[id];
  return place === undefined ? PLACES.length : PLACES.indexOf(place);
}

/**
 * The command a chord runs: of those that somebody hears now the innermost screen's, then the user's choice, then the
 * table's order.
 * @param isHeard  whether a screen that can do it is shown; all are when absent
 */
export function commandOf(chord: string, user: UserKeys, isHeard: (id: CommandId) => boolean = () => true): CommandId | null {
  const matching = commandIds.filter((id) => chordsOf(id, user).includes(chord));
  const heard = matching.filter(isHeard);
  const depth = Math.min(...heard.map(depthOf));
  const nearest = heard.filter((id) => user[id] !== undefined || depthOf(id) === depth);
  return nearest.find((id) => user[id] !== undefined) ?? nearest[0] ?? matching[0] ?? null;
}

/** The other commands that have the chord and may be shown at the same time. */
export function conflictsOf(id: CommandId, user: UserKeys): CommandId[] {
  const own = new Set(chordsOf(id, user));
  const { place } = commandTable[id];
  const isBeside = (other: CommandId): boolean =>
    place === undefined || commandTable[other].place === undefined || commandTable[other].place === place;
  return commandIds.filter((other) => other !== id && isBeside(other) && chordsOf(other, user).some((chord) => own.has(chord)));
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
