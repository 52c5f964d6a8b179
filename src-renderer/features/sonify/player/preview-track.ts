/**
 * Plays rendered stretches one after the other on the audio context's clock, fading each into the next, and fades to a
 * newer version in the middle of one without a gap. Knows at every moment which time of the film is heard.
 */
import { OVERLAP_S } from '../../../model/preview-plan.ts';
import type { AudioOutput } from './audio-output.ts';
import type { Stretch } from './preview-source.ts';

interface Voice {
  readonly stretch: Stretch;
  readonly source: AudioBufferSourceNode;
  readonly gain: GainNode;
  /** On the context's clock. */
  readonly startsAt: number;
  /** Time of the film at `startsAt`. */
  readonly fromS: number;
  /** On the context's clock: the end of its chunk. */
  readonly endsAt: number;
}

const FADE_S = 0.03;
/** Room for the browser to start a source in time. */
const START_S = 0.02;

export class PreviewTrack {
  readonly #output: AudioOutput;
  #voices: Voice[] = [];

  constructor(output: AudioOutput) {
    this.#output = output;
  }

  get isEmpty(): boolean {
    return this.#voices.length === 0;
  }

  /** The stretch that is heard now. */
  current(): Stretch | null {
    return this.#currentVoice()?.stretch ?? null;
  }

  last(): Stretch | null {
    return this.#voices.at(-1)?.stretch ?? null;
  }

  /** The time of the film that is heard now; the end of the last stretch when it has run out. */
  positionS(): number | null {
    const voice = this.#currentVoice();
    if (!voice) return null;
    return voice.fromS + Math.max(0, Math.min(this.#output.heardAt(), voice.endsAt) - voice.startsAt);
  }

  /** Seconds of sound that are still scheduled. */
  aheadS(): number {
    const last = this.#voices.at(-1);
    return last ? last.endsAt - this.#output.heardAt() : 0;
  }

  /** Begins with a stretch at a time within it; what played before fades out. */
  begin(stretch: Stretch, fromS: number): void {
    const at = this.#output.context().currentTime + START_S;
    this.#fadeAll(at);
    this.#voices = [this.#start(stretch, fromS, at)];
  }

  /** Goes over to another version of the stretch that is heard, at the time being heard, without a gap. */
  replace(stretch: Stretch): void {
    const context = this.#output.context();
    const voice = this.#currentVoice();
    const at = context.currentTime + START_S;
    const fromS = voice ? voice.fromS + (at - voice.startsAt) : stretch.chunk.startS;
    if (fromS >= stretch.chunk.endS) return;
    this.#fadeAll(at);
    this.#voices = [this.#start(stretch, fromS, at)];
  }

  /** Puts a stretch after the last one. */
  append(stretch: Stretch): void {
    const last = this.#voices.at(-1);
    if (!last) return;
    const at = Math.max(last.endsAt, this.#output.context().currentTime + START_S);
    this.#fade(last, at, OVERLAP_S / 2);
    this.#voices = [
      ...this.#voices.filter((voice) => voice.endsAt > this.#output.heardAt() - 1),
      this.#start(stretch, stretch.chunk.startS, at),
    ];
  }

  stop(): void {
    this.#fadeAll(this.#output.context().currentTime);
    this.#voices = [];
  }

  #currentVoice(): Voice | null {
    const now = this.#output.heardAt();
    return this.#voices.findLast((voice) => voice.startsAt <= now) ?? this.#voices[0] ?? null;
  }

  #start(stretch: Stretch, fromS: number, at: number): Voice {
    const context = this.#output.context();
    const source = new AudioBufferSourceNode(context, { buffer: stretch.buffer });
    const gain = new GainNode(context, { gain: 0 });
    source.connect(gain).connect(this.#output.input());
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(1, at + FADE_S);
    const offset = Math.max(0, fromS - stretch.chunk.startS);
    source.start(at, offset);
    return { stretch, source, gain, startsAt: at, fromS, endsAt: at + (stretch.chunk.endS - fromS) };
  }

  #fadeAll(at: number): void {
    for (const voice of this.#voices) this.#fade(voice, at, FADE_S);
  }

  #fade(voice: Voice, at: number, lengthS: number): void {
    if (voice.startsAt >= at) {
      voice.source.stop(0);
      return;
    }
    const { gain } = voice.gain;
    gain.cancelAndHoldAtTime(at);
    gain.linearRampToValueAtTime(0, at + lengthS);
    voice.source.stop(at + lengthS + 0.01);
  }
}
