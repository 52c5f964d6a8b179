/**
 * The picture of the film as the player drives it: one `<video>`, sought without piling up seeks, or following the sound
 * by small changes of speed.
 */
import { follow } from '../../../model/follow-clock.ts';

export class Picture {
  #video: HTMLVideoElement | null = null;
  /** The newest wanted time while a seek is under way. */
  #wantedS: number | null = null;
  #isToRun = false;

  attach(video: HTMLVideoElement | null): void {
    this.#video?.removeEventListener('seeked', this.#onSeeked);
    this.#video = video;
    video?.addEventListener('seeked', this.#onSeeked);
    if (video && this.#wantedS !== null) this.show(this.#wantedS);
  }

  get element(): HTMLVideoElement | null {
    return this.#video;
  }

  /** Where the picture is, or where it has yet to go; null before anything is known of the film. */
  get currentS(): number | null {
    const video = this.#video;
    return video && video.readyState >= HTMLMediaElement.HAVE_METADATA ? (this.#wantedS ?? video.currentTime) : null;
  }

  /** It ran to its end, and nothing asks for another place. */
  get isOver(): boolean {
    return this.#wantedS === null && this.#video?.ended === true;
  }

  /** Shows the frame at a time; of many wishes during a seek only the newest is carried out. */
  show(timeS: number): void {
    const video = this.#video;
    this.#wantedS = timeS;
    if (!video || video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
    // A hair into the frame: rounding would otherwise show the one before.
    const target = Math.min(timeS + 0.001, Math.max(0, video.duration - 0.001));
    if (Math.abs(video.currentTime - target) < 0.0005) {
      this.#wantedS = null;
      return;
    }
    video.currentTime = target;
    this.#wantedS = null;
  }

  /** Called when metadata is there: carries out what was wished before. */
  ready(timeS: number): void {
    this.show(this.#wantedS ?? timeS);
  }

  run(rate: number): void {
    const video = this.#video;
    this.#isToRun = true;
    if (!video) return;
    video.playbackRate = rate;
    video.play().catch(() => undefined);
  }

  /** Runs at a rate that changes a little all the time. */
  keepRunning(rate: number): void {
    const video = this.#video;
    if (!video || video.ended) return;
    if (video.paused) this.run(rate);
    else if (Math.abs(video.playbackRate - rate) > 1e-4) video.playbackRate = rate;
  }

  rest(): void {
    this.#isToRun = false;
    this.#video?.pause();
  }

  setMuted(isMuted: boolean): void {
    if (this.#video) this.#video.muted = isMuted;
  }

  /** Keeps the picture with the sound, which is the master. */
  sync(soundS: number, rate: number): void {
    const video = this.#video;
    if (!video || video.readyState < HTMLMediaElement.HAVE_METADATA || video.seeking) return;
    if (video.paused && !video.ended) this.run(rate);
    const action = follow(video.currentTime, Math.min(soundS, video.duration), rate);
    if (action.kind === 'seek') this.show(action.toS);
    else if (Math.abs(video.playbackRate - action.rate) > 1e-4) video.playbackRate = action.rate;
  }

  readonly #onSeeked = (): void => {
    if (this.#wantedS === null) return;
    this.show(this.#wantedS);
    const video = this.#video;
    // At its end the browser paused it, though by now it was to play from elsewhere.
    if (video?.paused && this.#isToRun) this.run(video.playbackRate);
  };
}
