/**
 * Clicks on the beats, set ahead on the audio clock: each starts at the sample at which the song reaches its beat. What
 * is set ahead is taken back when beats or position change.
 */
import { clicksBetween } from '../../model/beat-lookup.ts';
import type { AudioOutput } from '../sonify/player/audio-output.ts';
import type { SongSound } from './song-sound.ts';

/** A page in the background gets a timer once a second; clicks are set further ahead than that. */
const AHEAD_S = 1.2;
/** A streamed song's clock is read again each time, so its clicks are set only a little ahead. */
const AHEAD_STREAMED_S = 0.15;
const CLICK_S = 0.03;
const PITCH_HZ = { beat: 1000, downbeat: 1500 };

export interface Beats {
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
}

/** A sine that begins at its first sample with full strength and dies away. */
function burst(context: BaseAudioContext, pitchHz: number): AudioBuffer {
  const frames = Math.round(CLICK_S * context.sampleRate);
  const buffer = context.createBuffer(1, frames, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < frames; i += 1) {
    const seconds = i / context.sampleRate;
    samples[i] = Math.cos(2 * Math.PI * pitchHz * seconds) * Math.exp(-seconds * 160);
  }
  return buffer;
}

export class ClickTrack {
  readonly #output: AudioOutput;
  #gain: GainNode | null = null;
  #bursts: { readonly beat: AudioBuffer; readonly downbeat: AudioBuffer } | null = null;
  #ahead: { readonly node: AudioBufferSourceNode; readonly endsAtS: number }[] = [];
  /** Song time up to which clicks are set; null when none are. */
  #setToS: number | null = null;
  #level = 0.5;

  constructor(output: AudioOutput) {
    this.#output = output;
  }

  get level(): number {
    return this.#level;
  }

  setLevel(level: number): void {
    this.#level = level;
    this.#gain?.gain.setTargetAtTime(level, this.#output.context().currentTime, 0.01);
  }

  /** Sets the clicks that come next; call it a few times a second while the song sounds. */
  run(sound: SongSound, { beats, downbeats }: Beats): void {
    const context = this.#output.context();
    const nowS = context.currentTime;
    const songS = sound.songAt(nowS);
    if (songS === null) return;
    this.#ahead = this.#ahead.filter((click) => click.endsAtS > nowS);
    const toS = songS + (sound.isExact ? AHEAD_S : AHEAD_STREAMED_S);
    for (const { atS, isDownbeat } of clicksBetween(beats, downbeats, this.#setToS ?? Math.max(songS, sound.fromS), toS))
      this.#set(context, nowS + (atS - songS) / sound.rate, isDownbeat);
    this.#setToS = toS;
  }

  /** Takes back what is set ahead. */
  stop(): void {
    for (const { node } of this.#ahead) node.stop();
    this.#ahead = [];
    this.#setToS = null;
  }

  #set(context: AudioContext, atS: number, isDownbeat: boolean): void {
    this.#bursts ??= { beat: burst(context, PITCH_HZ.beat), downbeat: burst(context, PITCH_HZ.downbeat) };
    if (!this.#gain) {
      this.#gain = context.createGain();
      this.#gain.gain.value = this.#level;
      this.#gain.connect(this.#output.input());
    }
    const node = context.createBufferSource();
    node.buffer = this.#bursts[isDownbeat ? 'downbeat' : 'beat'];
    node.connect(this.#gain);
    node.start(Math.max(context.currentTime, atS));
    this.#ahead.push({ node, endsAtS: atS + CLICK_S });
  }
}
