/** The library as clips for the planner, held in memory until it changes, and a digest of them for the keys of plans. */
import { createHash } from 'node:crypto';

import type { MoveSource } from './ports.ts';
import { type Clip, type Movement, clipsWith, movementOf } from './plan/clip.ts';

export interface LibraryClips {
  readonly clips: readonly Clip[];
  readonly byId: ReadonlyMap<string, Clip>;
  /** Of all that a plan depends on. */
  readonly digest: string;
}

/** Curves go into a digest by their bytes, not as text. */
const NO_CURVES = { landsS: null, lands: null, motion: null, posture: null };

/** What was made of one clip's curves. */
interface Kept {
  readonly stamp: number | null;
  readonly movement: Movement;
  readonly digest: string;
}

export class ClipShelf {
  readonly #moves: MoveSource;
  #kept = new Map<string, Kept>();
  #held: { readonly revision: number; readonly library: LibraryClips } | null = null;

  constructor(moves: MoveSource) {
    this.#moves = moves;
  }

  /** Cost: nothing while the library stays; else a list of its moves, and the curves that are new. */
  current(): LibraryClips {
    const revision = this.#moves.revision();
    if (this.#held?.revision !== revision) this.#held = { revision, library: this.#shelved() };
    return this.#held.library;
  }

  #shelved(): LibraryClips {
    const before = this.#kept;
    this.#kept = new Map();
    const moves = this.#moves.moves().map(({ move, stamp }) => {
      const held = before.get(move.id);
      const kept = held?.stamp === stamp ? held : this.#read(move.id, stamp);
      this.#kept.set(move.id, kept);
      return { move, movement: kept.movement };
    });
    const clips = clipsWith(moves);
    const hash = createHash('sha256');
    for (const clip of clips) hash.update(`${JSON.stringify({ ...clip, ...NO_CURVES })}${this.#kept.get(clip.id)?.digest ?? ''}`);
    return { clips, byId: new Map(clips.map((clip) => [clip.id, clip])), digest: hash.digest('hex') };
  }

  #read(id: string, stamp: number | null): Kept {
    const movement = movementOf(stamp === null ? null : this.#moves.curves(id));
    const hash = createHash('sha256');
    for (const values of [movement.landsS, movement.lands, movement.motion, movement.posture]) hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    return { stamp, movement, digest: hash.digest('hex') };
  }
}
