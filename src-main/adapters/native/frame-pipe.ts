/**
 * Two pipes whose writing ends a decoder is started with, for its frames and its stderr, and which the addon reads: frames and
 * their times never become JavaScript's. Where no descriptor can be passed on (Windows) there is none, and frames come through a stream.
 */
import { loadAddon } from './addon.ts';

export interface FramePipe {
  /** Descriptors to start the decoder with, for its stdout and its stderr; -1 once closed. */
  readonly writer: number;
  readonly notesWriter: number;
  /** Once the decoder is started: the pipes then end with it. */
  closeWriters(): void;
  /** Ends a read under way within 50 ms; harmless when repeated. */
  close(): void;
}

/** Two to three frames: the decoder goes on while one is looked at. Linux gives no more without privileges. */
const CAPACITY_BYTES = 1 << 20;

/** A process that ends waits for its threads, so none may wait for a decoder that stands still. */
const open = new Set<FramePipe>();
let isWatching = false;

/** @returns null where there is no such pipe. @throws AppError 'addon-missing' */
export function openFramePipe(): FramePipe | null {
  const { FramePipe: Native } = loadAddon() as { readonly FramePipe: new (capacityBytes: number) => FramePipe };
  const pipe = new Native(CAPACITY_BYTES);
  if (pipe.writer < 0) return null;
  if (!isWatching) process.on('exit', () => open.forEach((each) => each.close()));
  isWatching = true;
  open.add(pipe);
  return pipe;
}

export function closeFramePipe(pipe: FramePipe): void {
  open.delete(pipe);
  pipe.closeWriters();
  pipe.close();
}
