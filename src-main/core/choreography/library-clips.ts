/** The library as clips for the planner, held in memory until it changes, and a digest of them for the keys of plans. */
import { createHash } from 'node:crypto';

import type { MoveSource } from './ports.ts';
import { type Clip, clipsOf } from './plan/clip.ts';

export interface LibraryClips {
  readonly clips: readonly Clip[];
  readonly byId: ReadonlyMap<string, Clip>;
  /** Of all that a plan depends on. */
  readonly digest: string;
}

export class ClipShelf {
  readonly #moves: MoveSource;
  #held: { readonly revision: number; readonly library: LibraryClips } | null = null;

  constructor(moves: MoveSource) {
    this.#moves = moves;
  }

  /** Cost: nothing while the library stays; else one pass over its curves. */
  current(): LibraryClips {
    const revision = this.#moves.revision();
    if (this.#held?.revision !== revision) this.#held = { revision, library: shelved(clipsOf(this.#moves.moves())) };
    return this.#held.library;
  }
}

function shelved(clips: readonly Clip[]): LibraryClips {
  const hash = createHash('sha256');
  for (const { landsS, lands, motion, posture, ...facts } of clips) {
    hash.update(JSON.stringify(facts));
    for (const values of [landsS, lands, motion, posture]) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return { clips, byId: new Map(clips.map((clip) => [clip.id, clip])), digest: hash.digest('hex') };
}
