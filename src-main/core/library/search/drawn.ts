/** Moves drawn at random when nothing else works, the same ones for the same query. Pure. */

/** xmur3 and mulberry32: a seed from a text, and numbers from it. */
function randomOf(text: string): () => number {
  let state = 1779033703 ^ text.length;
  for (let i = 0; i < text.length; i += 1) {
    state = Math.imul(state ^ text.charCodeAt(i), 3432918353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Up to `top` different rows of those the mask lets through. Source: Fisher, Yates (Durstenfeld, CACM 7(7), 1964). */
export function drawn(seed: string, rows: number, mask: Uint8Array | null, top: number): number[] {
  const open = Array.from({ length: rows }, (_, row) => row).filter((row) => mask === null || mask[row] === 1);
  const random = randomOf(seed);
  for (let at = 0; at < Math.min(top, open.length); at += 1) {
    const other = at + Math.floor(random() * (open.length - at));
    [open[at], open[other]] = [open[other] as number, open[at] as number];
  }
  return open.slice(0, top);
}
