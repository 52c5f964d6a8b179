/**
 * Normalised copies of clips: found by their key, or made. A key holds the clip's bytes, its speed, the raster, the rate
 * and the encoding, so that a copy serves every film that needs the same.
 */
import type { BlueprintMove } from '../../../contract/documents/blueprint.ts';
import { AppError } from '../../../contract/errors.ts';
import { framesOf } from '../../../contract/units.ts';
import { copyArguments } from '../graphs/copy-arguments.ts';
import { type EncodeProfile, profileKey } from '../graphs/profile.ts';
import type { AssemblyFiles, AssemblyTools, RunOptions, StreamIndex } from '../ports.ts';
import type { CopyFacts } from '../timeline/parts.ts';
import type { PlacedClip } from '../timeline/timeline.ts';
import type { FoundVideo } from './clips.ts';
import { keptIndex } from './kept-index.ts';
import { keyOf } from './key.ts';

export interface ClipCopy extends CopyFacts {
  readonly key: string;
  readonly path: string;
  readonly index: StreamIndex;
}

export interface CopyOrder {
  readonly key: string;
  readonly clip: FoundVideo;
  readonly speed: number;
  /** Frames at the film's rate and this speed. */
  readonly window: { readonly first: number; readonly frames: number };
}

/** Of longer clips only what the film shows is copied, with room for its transitions. */
export const WHOLE_S = 90;
/** Frames a container may hold beyond its stated duration. */
const SPARE_FRAMES = 30;

/** Frames the clip has, by what its container says. */
export function statedFootage(clip: FoundVideo, move: BlueprintMove, profile: Pick<EncodeProfile, 'rate'>): number {
  return framesOf(clip.probe.duration_s / move.speed, profile.rate);
}

/** The copy a placed clip needs. @param handles  frames a transition may borrow beyond what is shown */
export function copyOrder(clip: FoundVideo, move: BlueprintMove, place: PlacedClip, profile: EncodeProfile, handles: number): CopyOrder {
  const stated = statedFootage(clip, move, profile);
  const isWhole = clip.probe.duration_s <= WHOLE_S;
  const from = isWhole ? 0 : Math.max(0, place.offset - handles);
  const first = from - (from % profile.group);
  const last = isWhole ? stated + SPARE_FRAMES : Math.min(stated + SPARE_FRAMES, place.offset + (place.end - place.start) + handles);
  const window = { first, frames: Math.max(1, last - first) };
  return { key: keyOf(['copy', clip.sha256, move.speed, isWhole ? 'whole' : window, profileKey(profile)]), clip, speed: move.speed, window };
}

/** Clips that are shown more than once need one copy. */
export function distinctOrders(orders: readonly CopyOrder[]): CopyOrder[] {
  return [...new Map(orders.map((order) => [order.key, order])).values()];
}

export class ClipCopies {
  readonly #files: AssemblyFiles;
  readonly #tools: AssemblyTools;

  constructor({ files, tools }: { files: AssemblyFiles; tools: AssemblyTools }) {
    this.#files = files;
    this.#tools = tools;
  }

  /** Orders without a copy, each once. */
  missing(orders: readonly CopyOrder[]): CopyOrder[] {
    return distinctOrders(orders).filter(({ key }) => !this.#files.has(this.#files.copyPath(key, 'json')));
  }

  /** @returns null when there is none yet, or what is there is damaged. */
  async find(order: CopyOrder): Promise<ClipCopy | null> {
    const index = await keptIndex(this.#files, this.#files.copyPath(order.key, 'json'), this.#files.copyPath(order.key, 'h264'));
    return index && this.#copy(order, index);
  }

  /** Encodes the clip. Cost: the clip's length at the encoder's speed. @throws AppError 'media-unreadable', 'ffmpeg-failed', 'disk-full' */
  async make(order: CopyOrder, profile: EncodeProfile, options: RunOptions): Promise<ClipCopy> {
    const { clip, speed, window } = order;
    const path = this.#files.copyPath(order.key, 'h264');
    const partial = this.#files.partialPath(path);
    try {
      const colors = await this.#tools.colorsOf(clip.path, clip.probe.demuxer, options.signal);
      const source = { path: clip.path, demuxer: clip.probe.demuxer, colors, height: clip.video.height, speed, window };
      const durationS = Math.min(clip.probe.duration_s / speed, (window.frames * profile.rate.denominator) / profile.rate.numerator);
      await this.#tools.run(copyArguments(source, profile, partial), durationS, options);
      const index = await this.#files.indexStream(partial, options.signal);
      if (index.keys[0] !== 0) throw new AppError('media-unreadable', `${clip.name}: no picture in it can be decoded.`, { hint: 'Choose another clip.' });
      await this.#files.publish(partial, path);
      // The index is named last: it says that the copy is whole.
      await this.#files.writeText(this.#files.copyPath(order.key, 'json'), JSON.stringify(index));
      return this.#copy(order, index);
    } finally {
      await this.#files.discard(partial);
    }
  }

  #copy({ key, window }: CopyOrder, index: StreamIndex): ClipCopy {
    return { key, path: this.#files.copyPath(key, 'h264'), index, first: window.first, frames: index.offsets.length - 1, keys: index.keys };
  }
}
