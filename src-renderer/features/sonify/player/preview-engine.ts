/**
 * Keeps the preview sounding: renders ahead of what is heard, goes over to a changed mapping without a gap, and says when
 * it has to wait. Driven by `tick`; knows nothing of the picture.
 */
import { isAbort, toAppError } from '../../../../src-main/contract/errors.ts';
import { chunkAfter, chunkAt } from '../../../model/preview-plan.ts';
import type { Chunk, PreviewPlan } from '../../../model/preview-plan.ts';
import type { AudioOutput } from './audio-output.ts';
import { usePlayer } from './player-store.ts';
import type { SoundState } from './player-store.ts';
import { PreviewSource, voicingKey } from './preview-source.ts';
import type { Stretch, Voicing } from './preview-source.ts';
import { PreviewTrack } from './preview-track.ts';

/** Sound that should be rendered ahead of what is heard. */
const AHEAD_S = 6;
/** A dragged knob asks for a new version at most this often. */
const SETTLE_MS = 140;

const setSound = (sound: SoundState): void => {
  if (usePlayer.getState().sound !== sound) usePlayer.setState({ sound });
};

export class PreviewEngine {
  readonly source: PreviewSource;
  readonly #track: PreviewTrack;
  #voicing: Voicing | null = null;
  #plan: PreviewPlan = { startS: 0, endS: 0, loops: false };
  #isRunning = false;
  /** Where the time stands while there is no sound for it yet. */
  #heldS: number | null = null;
  #request: { readonly abort: AbortController; readonly chunk: Chunk; readonly key: string } | null = null;
  #settle: ReturnType<typeof setTimeout> | undefined;

  constructor(output: AudioOutput) {
    this.source = new PreviewSource(() => output.context());
    this.#track = new PreviewTrack(output);
  }

  /** What is to be heard; a change while playing is heard without a gap. */
  setVoicing(voicing: Voicing | null): void {
    const before = this.#voicing;
    this.#voicing = voicing;
    if (!this.#isRunning || !voicing || (before && voicingKey(before) === voicingKey(voicing))) return;
    clearTimeout(this.#settle);
    const isKept = this.#find(this.positionS() ?? 0) !== null;
    this.#settle = setTimeout(() => this.#renew(), isKept ? 0 : SETTLE_MS);
  }

  setPlan(plan: PreviewPlan): void {
    this.#plan = plan;
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** The time of the film that is heard, or held while it waits; null when nothing runs. */
  positionS(): number | null {
    return this.#heldS ?? (this.#isRunning ? this.#track.positionS() : null);
  }

  get isWaiting(): boolean {
    return this.#heldS !== null;
  }

  /** The stretch that is heard. */
  current(): Stretch | null {
    return this.#isRunning ? this.#track.current() : null;
  }

  start(fromS: number): void {
    this.#isRunning = true;
    this.#cancel();
    const kept = this.#find(fromS);
    if (kept) this.#begin(kept, fromS);
    else this.#hold(fromS);
  }

  stop(): void {
    this.#isRunning = false;
    this.#heldS = null;
    clearTimeout(this.#settle);
    this.#cancel();
    if (!this.#track.isEmpty) this.#track.stop();
    setSound('idle');
  }

  /** Called every frame while playing. @returns whether the end has been reached */
  tick(): boolean {
    if (!this.#isRunning || this.#heldS !== null) return false;
    const last = this.#track.last();
    if (!last) return false;
    const next = chunkAfter(this.#plan, last.chunk);
    const aheadS = this.#track.aheadS();
    if (next === null) return aheadS <= 0;
    if (aheadS < AHEAD_S) this.#want(next, (stretch) => this.#append(stretch));
    if (aheadS <= 0) this.#hold(next.startS);
    return false;
  }

  #find(timeS: number): Stretch | null {
    return this.#voicing ? this.source.find(this.#voicing, chunkAt(this.#plan, timeS)) : null;
  }

  #begin(stretch: Stretch, fromS: number): void {
    this.#heldS = null;
    this.#track.begin(stretch, fromS);
    usePlayer.setState({ sound: 'ready', error: null, lufs: stretch.integratedLufs });
  }

  /** Stops the clock at a time and renders what belongs there. */
  #hold(timeS: number): void {
    if (!this.#track.isEmpty) this.#track.stop();
    this.#heldS = timeS;
    setSound('waiting');
    this.#want(chunkAt(this.#plan, timeS), (stretch) => this.#begin(stretch, this.#heldS ?? timeS));
  }

  #append(stretch: Stretch): void {
    if (this.#heldS !== null) this.#begin(stretch, this.#heldS);
    else this.#track.append(stretch);
  }

  /** The mapping has changed: renders the stretch being heard anew and goes over to it. */
  #renew(): void {
    if (!this.#isRunning) return;
    if (this.#heldS !== null) {
      this.#hold(this.#heldS);
      return;
    }
    const chunk = chunkAt(this.#plan, this.#track.positionS() ?? this.#plan.startS);
    this.#want(chunk, (stretch) => {
      const positionS = this.#track.positionS() ?? chunk.startS;
      if (positionS < chunk.endS) this.#track.replace(stretch);
      else this.#hold(positionS);
      usePlayer.setState({ sound: 'ready', error: null, lufs: stretch.integratedLufs });
    });
  }

  /** Asks for a chunk of the present voicing; a newer wish for something else takes the place of an older one. */
  #want(chunk: Chunk, onStretch: (stretch: Stretch) => void): void {
    const voicing = this.#voicing;
    if (!voicing) return;
    const key = `${chunk.startS}|${voicingKey(voicing)}`;
    if (this.#request?.key === key) return;
    this.#cancel();
    const request = { abort: new AbortController(), chunk, key };
    this.#request = request;
    if (this.#heldS === null) setSound('rendering');
    this.source.render(voicing, chunk, request.abort.signal).then(
      (stretch) => {
        if (this.#request !== request) return;
        this.#request = null;
        if (!this.#isRunning) return;
        onStretch(stretch);
        setSound('ready');
      },
      (error: unknown) => {
        if (this.#request === request) this.#request = null;
        if (isAbort(error) || !this.#isRunning) return;
        usePlayer.setState({ sound: 'failed', error: toAppError(error), isPlaying: false });
        this.stop();
        setSound('failed');
      },
    );
  }

  #cancel(): void {
    this.#request?.abort.abort();
    this.#request = null;
  }
}
