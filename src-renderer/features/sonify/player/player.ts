/**
 * The player of the Sonify workspace: one time, one picture, four outputs (the film's own sound, the preview, the
 * rendered result, live). Sound is the master and the picture follows; without sound the player's own clock leads.
 */
import { AppError } from '../../../../src-main/contract/errors.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { planOf, playFrom } from '../../../model/preview-plan.ts';
import type { PreviewPlan } from '../../../model/preview-plan.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { onFrame, wake } from '../../../ui/animation.ts';
import { useSource } from '../live/camera/source-store.ts';
import type { SourceKind } from '../live/camera/source-store.ts';
import { LiveLead } from '../live/live-lead.ts';
import { LivePlayback } from '../live/live-playback.ts';
import type { LivePlace } from '../live/live-playback.ts';
import { LiveSound } from '../live/live-sound.ts';
import { AudioOutput } from './audio-output.ts';
import { Picture } from './picture.ts';
import { usePlayer } from './player-store.ts';
import type { OutputKind } from './player-store.ts';
import { PreviewEngine } from './preview-engine.ts';
import type { Stretch, Voicing } from './preview-source.ts';
import { ResultSound } from './result-sound.ts';

/** What is played. */
export interface Scene {
  readonly durationS: number;
  readonly range: { readonly start_s: number; readonly end_s: number } | null;
  readonly voicing: Voicing | null;
  /** What sounds live, with or without a film. */
  readonly sounding: Pick<Voicing, 'mapping' | 'seed'> | null;
  /** The mapping has something to play by. */
  readonly isAnalysed: boolean;
}

const NO_SCENE: Scene = { durationS: 0, range: null, voicing: null, sounding: null, isAnalysed: false };

/** Who leads the time now. */
type Leader = 'preview' | 'result' | 'film' | 'live' | 'clock';

const isLive = (): boolean => usePlayer.getState().output === 'live';

export class Player {
  readonly output = new AudioOutput();
  readonly picture = new Picture();
  readonly preview = new PreviewEngine(this.output);
  readonly result = new ResultSound(this.output);
  readonly live = new LiveSound();
  readonly #lead = new LiveLead(this.live, this.picture);
  readonly #playback = new LivePlayback(this.live);
  #scene = NO_SCENE;
  #positionS = 0;
  #lastMs: number | null = null;

  constructor() {
    onFrame((nowMs) => this.#tick(nowMs));
  }

  get positionS(): number {
    return this.#positionS;
  }

  get durationS(): number {
    return this.#scene.durationS;
  }

  /** Takes a scene; a new film begins at its start. */
  setScene(scene: Scene): void {
    const isOther = scene.voicing?.mediaId !== this.#scene.voicing?.mediaId;
    if (isLive()) {
      const before = this.#plan();
      this.#scene = scene;
      this.#playback.change(before, this.#place());
      wake();
      return;
    }
    if (isOther) this.pause();
    const before = { plan: this.#plan(), isAnalysed: this.#scene.isAnalysed };
    this.#scene = scene;
    if (isOther) this.#positionS = 0;
    const plan = this.#plan();
    this.preview.setPlan(plan);
    this.preview.setVoicing(scene.voicing);
    const isMoved =
      plan.startS !== before.plan.startS || plan.endS !== before.plan.endS || plan.loops !== before.plan.loops;
    if (usePlayer.getState().isPlaying && (isMoved || scene.isAnalysed !== before.isAnalysed)) this.#restart();
    wake();
  }

  attachVideo(video: HTMLVideoElement | null): void {
    this.picture.attach(video);
    this.picture.setMuted(true);
    if (video) this.picture.show(this.#positionS);
  }

  /** Goes to a time; what plays goes on from there. */
  seek(timeS: number): void {
    this.#positionS = Math.min(Math.max(0, timeS), this.#scene.durationS);
    if (isLive()) this.live.transport({ position_s: this.#positionS });
    else {
      this.picture.show(this.#positionS);
      if (usePlayer.getState().isPlaying) this.#startSound();
    }
    wake();
  }

  /** Plays at a multiple of real time; sound is heard at single speed (the result also faster). */
  play(rate = 1): void {
    const { output, volume } = usePlayer.getState();
    if (output === 'live') {
      this.#playback.play(rate, this.#place());
      return;
    }
    if (this.#scene.durationS <= 0) return;
    usePlayer.setState({ isPlaying: true, rate, error: null });
    this.output.setVolume(volume);
    this.output.start().catch(() => undefined);
    const plan = this.#plan();
    const fromS =
      rate > 0
        ? playFrom(
            output === 'preview' || plan.loops ? plan : { startS: 0, endS: this.#scene.durationS, loops: false },
            this.#positionS,
          )
        : this.#positionS;
    this.#positionS = fromS;
    this.#lastMs = null;
    this.#startSound();
    wake();
  }

  pause(): void {
    if (!usePlayer.getState().isPlaying) return;
    if (isLive()) {
      this.#playback.pause();
      return;
    }
    usePlayer.setState({ isPlaying: false, rate: 1 });
    this.#stopSound();
    this.picture.rest();
    this.picture.show(this.#positionS);
    wake();
  }

  toggle(): void {
    if (usePlayer.getState().isPlaying) this.pause();
    else this.play(isLive() ? usePlayer.getState().rate : 1);
  }

  /** Everything silent within 20 ms. */
  panic(): void {
    this.#playback.panic();
    if (isLive()) return;
    this.output.panic();
    setTimeout(() => {
      this.pause();
      usePlayer.setState({ sound: 'silenced' });
    }, 25);
  }

  setOutput(output: OutputKind): void {
    const wasLive = isLive();
    usePlayer.setState({ output, error: null });
    if (output === 'live') {
      this.#startLive();
      return;
    }
    if (wasLive) {
      usePlayer.setState({ rate: 1, isPlaying: usePlayer.getState().isPlaying && this.#scene.durationS > 0 });
      attempt(this.live.stop());
      this.preview.setPlan(this.#plan());
      this.preview.setVoicing(this.#scene.voicing);
    }
    if (usePlayer.getState().isPlaying) this.#startSound();
    else this.#stopSound();
    wake();
  }

  setLooping(isLooping: boolean): void {
    usePlayer.setState({ isLooping });
    if (isLive()) {
      this.#playback.setRange(this.#plan());
      return;
    }
    this.preview.setPlan(this.#plan());
    if (usePlayer.getState().isPlaying) this.#restart();
  }

  /** Of live sound, 0.25..2. */
  setSpeed(rate: number): void {
    this.#playback.setSpeed(rate);
  }

  setVolume(volume: number): void {
    usePlayer.setState({ volume });
    this.output.setVolume(volume);
  }

  /** The stretch of the present mapping that holds the playhead, playing or not. */
  stretchHere(): Stretch | null {
    return (
      this.preview.current() ??
      (this.#scene.voicing ? this.preview.source.holding(this.#scene.voicing, this.#positionS) : null)
    );
  }

  /** Takes over a session that sounds already. */
  adoptLive(): void {
    this.#playback.adopt();
  }

  /** Film or camera plays; what sounds goes over to it. */
  setSource(kind: SourceKind): void {
    useSource.setState({ kind });
    attempt(this.#playback.setSource(this.#place()));
    wake();
  }

  #place(): LivePlace {
    return { scene: this.#scene, plan: this.#plan(), positionS: this.#positionS };
  }

  #startLive(): void {
    this.preview.stop();
    this.result.stop();
    this.picture.setMuted(true);
    this.#playback.start(this.#place());
  }

  #plan(): PreviewPlan {
    return planOf(this.#scene.durationS, this.#scene.range, usePlayer.getState().isLooping);
  }

  #leader(): Leader {
    const { output, rate } = usePlayer.getState();
    if (output === 'live') return 'live';
    if (output === 'result' && rate > 0 && this.result.isUsable) return 'result';
    if (output === 'preview' && rate === 1 && this.#scene.isAnalysed) return 'preview';
    // Without sound of its own, and before the analysis is done, the picture leads in silence.
    return rate > 0 && output !== 'result' && this.picture.currentS !== null ? 'film' : 'clock';
  }

  #startSound(): void {
    const { rate } = usePlayer.getState();
    const leader = this.#leader();
    if (leader !== 'preview') this.preview.stop();
    if (leader !== 'result') this.result.stop();
    this.picture.setMuted(leader !== 'film' || usePlayer.getState().output !== 'film');
    if (leader === 'preview') this.preview.start(this.#positionS);
    else if (leader === 'result') this.result.play(this.#positionS, rate);
    else if (leader === 'film') this.#startFilm(rate);
    else this.picture.rest();
  }

  #startFilm(rate: number): void {
    const video = this.picture.element;
    if (!video) return;
    this.output.adopt(video);
    this.picture.show(this.#positionS);
    this.picture.run(rate);
    usePlayer.setState({ sound: usePlayer.getState().output === 'film' ? 'ready' : 'analysing' });
  }

  /** What is played has changed: goes on from within it. */
  #restart(): void {
    this.#positionS = playFrom(this.#plan(), this.#positionS);
    this.#startSound();
  }

  #stopSound(): void {
    this.preview.stop();
    this.result.stop();
    this.picture.setMuted(true);
    usePlayer.setState({ sound: 'idle' });
  }

  #tick(nowMs: number): boolean {
    const { isPlaying, rate } = usePlayer.getState();
    const elapsedS = this.#lastMs === null ? 0 : Math.min(0.1, (nowMs - this.#lastMs) / 1000);
    this.#lastMs = nowMs;
    if (!isPlaying && !isLive()) return false;
    const leader = this.#leader();
    if (leader === 'preview') this.#tickPreview();
    else if (leader === 'result') this.#tickResult(rate);
    else if (leader === 'film') this.#tickFilm();
    else if (leader === 'live') this.#positionS = this.#lead.tick(this.#scene.durationS) ?? this.#positionS;
    else this.#tickClock(elapsedS * rate);
    return isPlaying;
  }

  #tickPreview(): void {
    const isOver = this.preview.tick();
    this.#positionS = this.preview.positionS() ?? this.#positionS;
    if (this.preview.isWaiting) this.picture.rest();
    else this.picture.sync(this.#positionS, 1);
    if (isOver) this.#end();
  }

  #tickResult(rate: number): void {
    const soundS = this.result.positionS();
    if (this.result.error) {
      usePlayer.setState({
        sound: 'failed',
        error: new AppError('media-unsupported', en.sonify.output.resultCannotPlay, {
          hint: en.sonify.output.resultCannotPlayHint,
        }),
      });
      this.pause();
      return;
    }
    if (soundS === null) {
      this.picture.rest();
      return;
    }
    if (usePlayer.getState().sound !== 'ready') usePlayer.setState({ sound: 'ready' });
    this.#positionS = Math.min(soundS, this.#scene.durationS);
    this.picture.sync(this.#positionS, rate);
    if (this.result.isOver || this.#isPastRange()) this.#end();
  }

  #tickFilm(): void {
    const nowS = this.picture.currentS;
    if (nowS !== null && !this.picture.element?.seeking) this.#positionS = Math.min(nowS, this.#scene.durationS);
    if (this.picture.isOver || this.#isPastRange()) this.#end();
  }

  #tickClock(byS: number): void {
    const nextS = this.#positionS + byS;
    this.#positionS = Math.min(Math.max(0, nextS), this.#scene.durationS);
    this.picture.show(this.#positionS);
    if (byS < 0 ? nextS <= 0 : byS > 0 && nextS >= this.#scene.durationS) this.pause();
  }

  #isPastRange(): boolean {
    const plan = this.#plan();
    return plan.loops && this.#positionS >= plan.endS;
  }

  /** The end of what is played: again from the range's beginning, or rest at the end. */
  #end(): void {
    const plan = this.#plan();
    if (plan.loops) this.seek(plan.startS);
    else this.pause();
  }
}

export const player = new Player();
