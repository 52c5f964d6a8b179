/** Chance that is a function of a seed and of what it is for, so that the same seed gives the same plan. Pure. */

/** 0..1 of a seed and any keys. Mixing: FNV-1a over the characters, then the finaliser of MurmurHash3. */
export function chance(seed: number, ...keys: readonly (string | number)[]): number {
  let hash = 0x811c9dc5 ^ seed;
  for (const key of keys) {
    const text = `${key}/`;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
