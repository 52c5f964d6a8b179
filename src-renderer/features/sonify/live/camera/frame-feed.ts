/**
 * Gives frames of a playing `<video>` to the eye: at analysis size, as octets, one on its way at a time. What comes meanwhile
 * is not queued: when the answer is there, the picture of that moment is next.
 */
import type { FeatureFrame } from '../../../../../src-main/contract/documents/feature-frame.ts';
import type { Session } from '../../../../../src-main/contract/documents/session.ts';
import { unpackedOverlay } from '../../../../../src-main/contract/overlay.ts';
import type { Overlay } from '../../../../../src-main/contract/overlay.ts';
import { bytes, look } from '../../../../api/client.ts';
import { analysisSize, rgbaToI420 } from '../../../../model/i420.ts';
import type { Size } from '../../../../model/i420.ts';

/** Frame numbers count hundredths of a second of the session's life. */
const FRAME_MS = 10;

export interface FrameFeedOptions {
  readonly session: () => Session | null;
  /** Whether the frames are the session's own, to be heard and stored; else they are only looked at. */
  readonly feeds: boolean;
  readonly wantsOverlay: () => boolean;
  /** Least time between two frames. */
  readonly everyMs: number;
  readonly onSeen: (seen: Seen) => void;
  readonly onError: (error: unknown) => void;
}

export interface Seen {
  readonly features: FeatureFrame;
  readonly overlay: Overlay | null;
  /** Time of the picture that was looked at, s. */
  readonly pictureS: number;
}

export class FrameFeed {
  readonly #options: FrameFeedOptions;
  readonly #context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  #video: HTMLVideoElement | null = null;
  #callback = 0;
  #isSending = false;
  #sentMs = 0;
  #frame = 0;

  constructor(options: FrameFeedOptions) {
    this.#options = options;
  }

  attach(video: HTMLVideoElement | null): void {
    this.#video?.cancelVideoFrameCallback(this.#callback);
    this.#video = video;
    this.#next();
  }

  #next(): void {
    const video = this.#video;
    if (!video) return;
    this.#callback = video.requestVideoFrameCallback(() => {
      this.#next();
      void this.#offer(video);
    });
  }

  async #offer(video: HTMLVideoElement): Promise<void> {
    const nowMs = performance.now();
    const session = this.#options.session();
    // A little early is in time: frames come at their own rate.
    if (this.#isSending || session === null || nowMs - this.#sentMs < this.#options.everyMs - 4) return;
    this.#isSending = true;
    this.#sentMs = nowMs;
    try {
      await this.#send(session, video);
    } catch (error) {
      this.#options.onError(error);
    } finally {
      this.#isSending = false;
    }
  }

  async #send({ id, created_at: createdAt }: Session, video: HTMLVideoElement): Promise<void> {
    const size = analysisSize({ width: video.videoWidth, height: video.videoHeight });
    const pictureS = video.currentTime;
    const planes = this.#grab(video, size);
    if (!planes) return;
    const { feeds, wantsOverlay, onSeen } = this.#options;
    const overlay = wantsOverlay();
    // Numbers and times go on where another page left off.
    const sinceMs = Math.max(0, Date.now() - Date.parse(createdAt));
    this.#frame = Math.max(this.#frame + 1, Math.floor(sinceMs / FRAME_MS));
    const params = { id, frame: this.#frame };
    const timestamp = sinceMs / 1000;
    const { features } = await look({ params, query: { ...size, timestamp, overlay: overlay ? '1' : '0', feeds: feeds ? '1' : '0' } }, planes);
    if (!features) return;
    const packed = overlay ? await bytes('getSessionOverlay', { params: { id } }) : null;
    onSeen({ features, pictureS, overlay: packed && unpackedOverlay(new Uint8Array(packed)) });
  }

  #grab(video: HTMLVideoElement, { width, height }: Size): Uint8Array<ArrayBuffer> | null {
    const context = this.#context;
    if (!context || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    if (context.canvas.width !== width || context.canvas.height !== height) {
      context.canvas.width = width;
      context.canvas.height = height;
    }
    context.imageSmoothingQuality = 'high';
    context.drawImage(video, 0, 0, width, height);
    return rgbaToI420(context.getImageData(0, 0, width, height).data, { width, height });
  }
}
