/** Names of embedding spaces. Vectors of different spaces are never compared. */
const IMPORTED = 'imported';

export const AUDIO_SPACE = 'sound-1';

export const isComputed = (space: string): boolean => !space.startsWith(IMPORTED);

/** "seed" → "imported-seed"; "imported" stays. */
export function importedSpace(name: string): string {
  return name.startsWith(IMPORTED) ? name : `${IMPORTED}-${name}`;
}
