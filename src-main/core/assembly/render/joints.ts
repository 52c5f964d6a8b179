/** Joints as files: each encoded from small pieces of the copies, kept under its key, so that a killed job has it again. */
import { AppError } from '../../../contract/errors.ts';
import { type Piece, jointArguments } from '../graphs/joint-arguments.ts';
import { type EncodeProfile, profileKey } from '../graphs/profile.ts';
import type { AssemblyFiles, AssemblyTools, RunOptions, StreamIndex } from '../ports.ts';
import type { JointPart, Stretch } from '../timeline/parts.ts';
import type { ClipCopy } from './copies.ts';
import { keptIndex } from './kept-index.ts';
import { keyOf } from './key.ts';

export interface MadeJoint {
  readonly path: string;
  readonly index: StreamIndex;
}

/** Raised when other bytes come out for the same copies. */
const JOINT_VERSION = 4;

interface PieceOrder extends Omit<Piece, 'path'> {
  /** Frames of the copy, the first a keyframe. */
  readonly range: readonly [number, number];
}

/** What must be cut out of a copy to show a stretch of it, held pictures included. */
export function pieceOf({ from, to }: Omit<Stretch, 'clip'>, copy: Pick<ClipCopy, 'frames' | 'keys'>): PieceOrder {
  const first = Math.min(Math.max(0, from), copy.frames - 1);
  const last = Math.max(first + 1, Math.min(to, copy.frames));
  const key = copy.keys.findLast((frame) => frame <= first) ?? 0;
  const heldBefore = Math.max(0, -from);
  const frames = last - first;
  return { range: [key, last], lead: first - key, frames, heldBefore, heldAfter: to - from - heldBefore - frames };
}

export class Joints {
  readonly #files: AssemblyFiles;
  readonly #tools: AssemblyTools;

  constructor({ files, tools }: { files: AssemblyFiles; tools: AssemblyTools }) {
    this.#files = files;
    this.#tools = tools;
  }

  /** @param copies  by placed clip. @throws AppError 'render-incomplete' when FFmpeg made another number of frames. */
  async make(joint: JointPart, copies: readonly ClipCopy[], profile: EncodeProfile, options: RunOptions): Promise<MadeJoint> {
    const orders = [joint.leaving, joint.entering].map((stretch) => stretch && { copy: copies[stretch.clip] as ClipCopy, order: pieceOf(stretch, copies[stretch.clip] as ClipCopy) });
    const key = keyOf(['joint', JOINT_VERSION, joint.frames, joint.transition, orders.map((piece) => piece && [piece.copy.key, piece.order]), profileKey(profile)]);
    const path = this.#files.workPath(key, 'h264');
    const found = await this.#find(key, path);
    if (found !== null) return found;
    const partial = this.#files.partialPath(path);
    const cut: string[] = [];
    try {
      const pieces: (Piece | null)[] = [];
      for (const piece of orders) {
        if (piece === null) {
          pieces.push(null);
          continue;
        }
        const piecePath = this.#files.partialPath(this.#files.workPath(key, `piece${pieces.length}.h264`));
        cut.push(piecePath);
        const { offsets } = piece.copy.index;
        await this.#files.joinBytes([{ path: piece.copy.path, from: offsets[piece.order.range[0]] ?? 0, to: offsets[piece.order.range[1]] ?? 0 }], piecePath, options.signal);
        pieces.push({ ...piece.order, path: piecePath });
      }
      const [leaving = null, entering] = pieces as [Piece | null, Piece];
      await this.#tools.run(jointArguments(joint, { leaving, entering }, profile, partial), (joint.frames * profile.rate.denominator) / profile.rate.numerator, options);
      const index = await this.#files.indexStream(partial, options.signal);
      requireJoint(joint, index, copies[joint.entering.clip] as ClipCopy);
      await this.#files.publish(partial, path);
      await this.#files.writeText(this.#files.workPath(key, 'json'), JSON.stringify(index));
      return { path, index };
    } finally {
      for (const file of [partial, ...cut]) await this.#files.discard(file);
    }
  }

  async #find(key: string, path: string): Promise<MadeJoint | null> {
    const index = await keptIndex(this.#files, this.#files.workPath(key, 'json'), path);
    return index && { path, index };
  }
}

function requireJoint(joint: JointPart, index: StreamIndex, copy: ClipCopy): void {
  const frames = index.offsets.length - 1;
  if (frames !== joint.frames) throw new AppError('render-incomplete', `A transition came out ${frames} frames long instead of ${joint.frames}.`, { hint: 'Try again; the job’s log has the command.' });
  if (index.parameters !== copy.index.parameters) throw new AppError('render-incomplete', 'The encoder made a transition that does not join the clips.', { hint: 'Choose libx264 as video_codec.' });
}
