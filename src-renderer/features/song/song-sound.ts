/**
 * Two ways a song sounds on the page's audio clock. Songs up to a quarter of an hour are decoded whole and started by
 * the sample, so that clicks set on the same clock are exact; longer ones are streamed by an audio element, whose own
 * clock is read again and again.
 */
import { urlOf } from '../../api/client.ts';
import type { AudioOutput } from '../sonify/player/audio-output.ts';

/** A quarter of an hour of 48 kHz stereo takes 345 MB decoded; more is streamed. */
export const MOST_DECODED_S = 900;
/** Time between the wish to play and the first sample: enough to set it on the clock. */
const LEAD_S = 0.03;

/** A stretch that is heard again and again, seconds of the song. */
export interface LoopStretch {
  readonly startS: number;
  readonly endS: number;
}

export interface SongSound {
  /** Whether clicks set on the audio clock are exact to the sample. */
  readonly isExact: boolean;
  /** Where in the song it was started last. */
  readonly fromS: number;
  /** Song seconds per second. */
  readonly rate: number;
  start(fromS: number, loop?: LoopStretch | null): void;
  stop(): void;
  /** The time of the song at a time of the audio clock; null while it does not sound. */
  songAt(contextS: number): number | null;
  onEnd: () => void;
}

export class DecodedSound implements SongSound {
  readonly isExact = true;
  readonly #output: AudioOutput;
  readonly #buffer: AudioBuffer;
  #source: AudioBufferSourceNode | null = null;
  #startedAtS = 0;
  #loop: LoopStretch | null = null;
  readonly rate = 1;
  fromS = 0;
  onEnd = (): void => undefined;

  constructor(output: AudioOutput, buffer: AudioBuffer) {
    this.#output = output;
    this.#buffer = buffer;
  }

  start(fromS: number, loop: LoopStretch | null = null): void {
    this.stop();
    const context = this.#output.context();
    const source = context.createBufferSource();
    source.buffer = this.#buffer;
    source.connect(this.#output.input());
    source.onended = () => {
      if (this.#source === source) this.onEnd();
    };
    // On a whole sample, so that a click on the same clock meets the sample it is meant for.
    this.#startedAtS = Math.ceil((context.currentTime + LEAD_S) * context.sampleRate) / context.sampleRate;
    this.fromS = Math.min(Math.max(0, fromS), this.#buffer.duration);
    this.#loop = loop;
    if (loop) Object.assign(source, { loop: true, loopStart: loop.startS, loopEnd: loop.endS });
    source.start(this.#startedAtS, this.fromS);
    this.#source = source;
  }

  stop(): void {
    const source = this.#source;
    this.#source = null;
    source?.stop();
    source?.disconnect();
  }

  songAt(contextS: number): number | null {
    if (!this.#source) return null;
    const straightS = this.fromS + contextS - this.#startedAtS;
    if (!this.#loop || straightS < this.#loop.endS) return straightS;
    return this.#loop.startS + ((straightS - this.#loop.endS) % (this.#loop.endS - this.#loop.startS));
  }
}

export class StreamedSound implements SongSound {
  readonly isExact = false;
  readonly #output: AudioOutput;
  readonly #element = new Audio();
  readonly rate: number;
  #loop: LoopStretch | null = null;
  fromS = 0;
  onEnd = (): void => undefined;

  /** @param rate  slower or faster at the same pitch */
  constructor(output: AudioOutput, songId: string, rate = 1) {
    this.#output = output;
    this.rate = rate;
    this.#element.defaultPlaybackRate = rate;
    this.#element.playbackRate = rate;
    this.#element.preload = 'auto';
    this.#element.src = urlOf('getMediaPlayable', { params: { id: songId } });
    this.#element.onended = () => this.onEnd();
  }

  start(fromS: number, loop: LoopStretch | null = null): void {
    this.fromS = fromS;
    this.#loop = loop;
    this.#output.adopt(this.#element);
    if (Math.abs(this.#element.currentTime - fromS) > 0.01) this.#element.currentTime = fromS;
    this.#element.play().catch(() => undefined);
  }

  stop(): void {
    this.#element.pause();
  }

  close(): void {
    this.stop();
    this.#element.removeAttribute('src');
    this.#element.load();
  }

  songAt(contextS: number): number | null {
    const element = this.#element;
    if (element.paused || element.seeking || element.readyState < HTMLMediaElement.HAVE_FUTURE_DATA) return null;
    if (this.#loop && element.currentTime >= this.#loop.endS) element.currentTime = this.#loop.startS;
    return element.currentTime + (contextS - this.#output.context().currentTime) * this.rate;
  }
}
