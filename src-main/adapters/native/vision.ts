/**
 * The eye: the typed face of the addon's vision core. Frames in, feature rows out; nothing is decoded or stored here.
 * JavaScript allocates every array, the addon borrows it until the promise settles: it must not be transferred meanwhile.
 */
import { loadAddon } from './addon.ts';
import type { FramePipe } from './frame-pipe.ts';
import { nativeError } from './native-error.ts';

/** How a picture writes its colours; all but the first in limited range (luma 16..235). The order is the addon's. */
export const pictureColors = ['bt601-full', 'bt601', 'bt709', 'bt2020'] as const;
export type PictureColor = (typeof pictureColors)[number];

export interface FlowOverlay {
  /** Float32Array, gridHeight*gridWidth*2, row-major, interleaved (dx, dy): mean of each cell in pixels per second. */
  readonly flow: Float32Array;
  readonly gridWidth: number;
  readonly gridHeight: number;
}

export interface EdgeOverlay {
  /** Uint8Array, height*width, row-major: 255 on an edge, else 0. */
  readonly edges: Uint8Array;
}

export interface NativeVisionSession {
  /**
   * Analyses the next frame in presentation order; one call at a time per session.
   * @param frame  Uint8Array, width*height*3/2: planar YUV 4:2:0, in the colours `color` names. Read only.
   * @param timestampS  presentation time; earlier than the last one begins a new sequence.
   * @param row  Float32Array of `featureLayout.columns`; overwritten.
   * @param flow  optional Float32Array, height*width*2, row-major, interleaved (dx, dy): pixels from the compared earlier
   *   frame to this one, placed on the earlier one; all 0 where nothing was compared. Overwritten.
   * @param color  index into pictureColors; full-range BT.601 when absent.
   * @throws AppError 'native-size-mismatch'; 'internal' for a second concurrent call or a wrong type.
   * Cost: about 2 ms at 640x360 on one core, on Node's thread pool.
   */
  analyze(frame: Uint8Array, timestampS: number, row: Float32Array, flow?: Float32Array, color?: number): Promise<void>;
  /**
   * The same for the next frames of a decoder, as they come, until there are `frames` of them or `limitMs` is over: one at least.
   * @param rows  Float32Array, frames*columns, row-major; @param timestamps  Float64Array, frames, seconds from 0 on, never
   *   falling. Overwritten as far as there are frames.
   * @throws AppError 'native-bad-argument', 'native-size-mismatch'.
   */
  analyzeFrames(pipe: FramePipe, frames: number, limitMs: number, rows: Float32Array, timestamps: Float64Array): Promise<AnalyzedFrames>;
  /** Writes the last frame's maps into the arrays given; all 0 before the first frame. Throws while analyze runs. */
  overlay(wanted: FlowOverlay | EdgeOverlay | (FlowOverlay & EdgeOverlay)): void;
}

export interface AnalyzedFrames {
  readonly frames: number;
  /** The pipe has ended. */
  readonly isOver: boolean;
  /** What the decoder said meanwhile besides its frames' times: the last 16 KiB. */
  readonly text: string;
}

interface VisionExports {
  readonly VisionSession: new (width: number, height: number) => NativeVisionSession;
  opticalFlow(
    prev: Uint8Array,
    next: Uint8Array,
    width: number,
    height: number,
    out: Float32Array,
  ): Promise<void>;
}

function exportsOfAddon(): VisionExports {
  return loadAddon() as VisionExports;
}

/** One video or camera. Sides are even, at least 2; the session keeps the last 25 ms of frames and nothing else. */
export class VisionSession {
  readonly width: number;
  readonly height: number;
  private readonly native: NativeVisionSession;

  /** @throws AppError 'internal' when a side is odd or too small, 'addon-missing'. */
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    const { VisionSession: Native } = exportsOfAddon();
    try {
      this.native = new Native(width, height);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /** See NativeVisionSession.analyze. */
  async analyze(frame: Uint8Array, timestampS: number, row: Float32Array, flow?: Float32Array, color: PictureColor = 'bt601-full'): Promise<void> {
    try {
      await this.native.analyze(frame, timestampS, row, flow, pictureColors.indexOf(color));
    } catch (error) {
      throw nativeError(error);
    }
  }

  /** See NativeVisionSession.analyzeFrames. */
  async analyzeFrames(pipe: FramePipe, frames: number, limitMs: number, rows: Float32Array, timestamps: Float64Array): Promise<AnalyzedFrames> {
    try {
      return await this.native.analyzeFrames(pipe, frames, limitMs, rows, timestamps);
    } catch (error) {
      throw nativeError(error);
    }
  }

  /** See NativeVisionSession.overlay. */
  overlay(wanted: FlowOverlay | EdgeOverlay | (FlowOverlay & EdgeOverlay)): void {
    try {
      this.native.overlay(wanted);
    } catch (error) {
      throw nativeError(error);
    }
  }
}

/**
 * Dense optical flow between two grey pictures (DIS-class; mean endpoint error: docs/vision.md).
 * @param prev, next  Uint8Array, height*width, row-major, 0..255; read only.
 * @param out  Float32Array, height*width*2, interleaved (dx, dy) in pixels, placed on prev; y points down. Overwritten.
 * @throws AppError 'native-size-mismatch', 'addon-missing'.
 */
export async function opticalFlow(
  prev: Uint8Array,
  next: Uint8Array,
  width: number,
  height: number,
  out: Float32Array,
): Promise<void> {
  const addon = exportsOfAddon();
  try {
    await addon.opticalFlow(prev, next, width, height, out);
  } catch (error) {
    throw nativeError(error);
  }
}
