/** A part of the film's picture as bytes of a copy or a joint. Pure. */
import type { ByteRange, StreamIndex } from '../ports.ts';
import type { Part } from '../timeline/parts.ts';
import type { KeyPicture } from './film-look.ts';

export interface PartBytes {
  readonly range: ByteRange;
  /** Bytes of each frame. */
  readonly sizes: readonly number[];
  /** The frames that can be decoded alone. */
  readonly keys: readonly KeyPicture[];
}

/** @param source  the copy the part is a stretch of, or the joint made for it */
export function partBytes(part: Part, { path, index }: { readonly path: string; readonly index: StreamIndex }): PartBytes {
  const [from, to] = part.kind === 'copy' ? [part.stretch.from, part.stretch.to] : [0, part.frames];
  const bytes = (first: number, end: number): ByteRange => ({ path, from: index.offsets[first] ?? 0, to: index.offsets[end] ?? 0 });
  const keys = index.keys.filter((key) => key >= from && key < to).map((key) => ({ frame: part.start + key - from, bytes: bytes(key, key + 1) }));
  return { range: bytes(from, to), sizes: index.sizes.slice(from, to), keys };
}
