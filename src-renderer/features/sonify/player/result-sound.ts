/** The sound of a rendered file, played from the file itself; whatever its container, an audio element reads it. */
import { urlOf } from '../../../api/client.ts';
import type { AudioOutput } from './audio-output.ts';

export class ResultSound {
  readonly #output: AudioOutput;
  #element: HTMLAudioElement | null = null;
  #artifactId: string | null = null;
  #startS = 0;

  constructor(output: AudioOutput) {
    this.#output = output;
  }

  /** @param startS  time of the film at which it begins */
  setArtifact(artifactId: string | null, startS = 0): void {
    this.#startS = startS;
    if (artifactId === this.#artifactId) return;
    this.#artifactId = artifactId;
    this.#element?.pause();
    this.#element?.removeAttribute('src');
    this.#element?.load();
    if (artifactId === null) return;
    this.#element ??= new Audio();
    this.#element.preload = 'auto';
    this.#element.src = urlOf('getArtifactFile', { params: { id: artifactId } });
  }

  get isUsable(): boolean {
    return this.#artifactId !== null;
  }

  get error(): MediaError | null {
    return this.#element?.error ?? null;
  }

  get isOver(): boolean {
    return this.#element?.ended ?? false;
  }

  play(fromS: number, rate: number): void {
    const element = this.#element;
    if (!element) return;
    this.#output.adopt(element);
    const at = Math.max(0, fromS - this.#startS);
    if (Math.abs(element.currentTime - at) > 0.01) element.currentTime = at;
    element.playbackRate = rate;
    element.play().catch(() => undefined);
  }

  stop(): void {
    this.#element?.pause();
  }

  /** The time of the film that is heard; null while it loads or seeks. */
  positionS(): number | null {
    const element = this.#element;
    return element && !element.seeking && element.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
      ? element.currentTime + this.#startS
      : null;
  }
}
