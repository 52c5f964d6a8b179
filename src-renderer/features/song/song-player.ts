/** Plays one song with its click track: one position, one clock, through the page's one output. */
import { create } from 'zustand';

import { AppError } from '../../../src-main/contract/errors.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { bytes } from '../../api/client.ts';
import { onFrame, wake } from '../../ui/animation.ts';
import { player } from '../sonify/player/player.ts';
import { usePlayer } from '../sonify/player/player-store.ts';
import { ClickTrack } from './click-track.ts';
import type { Beats } from './click-track.ts';
import { bandsOf, peaksOf } from './song-bands.ts';
import type { PeakSource } from '../../model/waveform.ts';
import type { Bands } from './song-bands.ts';
import { DecodedSound, MOST_DECODED_S, StreamedSound } from './song-sound.ts';
import type { LoopStretch, SongSound } from './song-sound.ts';

interface SongPlayerState {
  readonly songId: string | null;
  readonly sound: 'none' | 'loading' | 'ready' | 'failed';
  readonly error: AppError | null;
  readonly isPlaying: boolean;
  readonly hasClick: boolean;
  readonly clickLevel: number;
  /** Clicks are exact to the sample. */
  readonly isExact: boolean;
  readonly bands: Bands | null;
  readonly peaks: PeakSource | null;
}

export const useSongPlayer = create<SongPlayerState>()(() => ({
  songId: null,
  sound: 'none',
  error: null,
  isPlaying: false,
  hasClick: false,
  clickLevel: 0.5,
  isExact: true,
  bands: null,
  peaks: null,
}));

const CLICK_EVERY_MS = 50;
/** A heard time this much earlier than the last is a loop's jump, not jitter. */
const BACK_S = 0.05;
const NO_BEATS: Beats = { beats: [], downbeats: [] };

class SongPlayer {
  readonly #clicks = new ClickTrack(player.output);
  #sound: SongSound | null = null;
  #beats = NO_BEATS;
  #durationS = 0;
  #positionS = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #abort: AbortController | null = null;
  #loop: LoopStretch | null = null;
  /** The sound at normal speed while another speed is heard. */
  #atNormal: SongSound | null = null;

  constructor() {
    onFrame(() => useSongPlayer.getState().isPlaying);
  }

  /** Takes a song and loads its sound. */
  open(songId: string, durationS: number): void {
    if (useSongPlayer.getState().songId === songId) return;
    this.close();
    this.#durationS = durationS;
    this.#abort = new AbortController();
    useSongPlayer.setState({ songId, sound: 'loading', isExact: durationS <= MOST_DECODED_S });
    if (durationS > MOST_DECODED_S) this.#take(new StreamedSound(player.output, songId));
    else this.#decode(songId, this.#abort.signal).catch((error: unknown) => this.#fail(songId, error));
  }

  close(): void {
    this.pause();
    this.#abort?.abort();
    for (const sound of [this.#sound, this.#atNormal]) if (sound instanceof StreamedSound) sound.close();
    this.#sound = null;
    this.#atNormal = null;
    this.#beats = NO_BEATS;
    this.#positionS = 0;
    useSongPlayer.setState({ songId: null, sound: 'none', error: null, bands: null, peaks: null });
  }

  /** The beats as they are now; clicks that are set ahead follow them. */
  setBeats(beats: Beats): void {
    this.#beats = beats;
    this.#clicks.stop();
    this.#runClicks();
  }

  /** The time that is heard now. */
  get positionS(): number {
    if (!useSongPlayer.getState().isPlaying) return this.#positionS;
    const heardS = this.#sound?.songAt(player.output.heardAt()) ?? null;
    if (heardS === null) return this.#positionS;
    const isBack = this.#loop !== null && heardS < this.#positionS - BACK_S;
    // Clicks that were set for after the loop's end are not wanted.
    if (isBack) this.#clicks.stop();
    this.#positionS = Math.min(this.#durationS, isBack ? heardS : Math.max(this.#positionS, heardS));
    return this.#positionS;
  }

  get durationS(): number {
    return this.#durationS;
  }

  async play(): Promise<void> {
    const sound = this.#sound;
    if (!sound || useSongPlayer.getState().isPlaying) return;
    // Live sound goes on; it plays through the audio host, not the page.
    if (usePlayer.getState().output !== 'live') player.pause();
    await player.output.start();
    if (this.#sound !== sound) return;
    if (this.#positionS >= this.#durationS - 0.02) this.#positionS = 0;
    sound.start(this.#positionS, this.#loop);
    useSongPlayer.setState({ isPlaying: true });
    this.#runClicks();
    this.#timer = setInterval(() => this.#runClicks(), CLICK_EVERY_MS);
    wake();
  }

  pause(): void {
    if (!useSongPlayer.getState().isPlaying) return;
    this.#positionS = this.positionS;
    clearInterval(this.#timer);
    this.#sound?.stop();
    this.#clicks.stop();
    useSongPlayer.setState({ isPlaying: false });
    wake();
  }

  toggle(): void {
    if (useSongPlayer.getState().isPlaying) this.pause();
    else this.play().catch((error: unknown) => this.#fail(useSongPlayer.getState().songId ?? '', error));
  }

  /** Everything silent within 20 ms, then at rest. */
  panic(): void {
    player.panic();
    setTimeout(() => this.pause(), 25);
  }

  seek(timeS: number): void {
    this.#positionS = Math.min(this.#durationS, Math.max(0, timeS));
    if (useSongPlayer.getState().isPlaying) {
      this.#clicks.stop();
      this.#sound?.start(this.#positionS, this.#loop);
      this.#runClicks();
    }
    wake();
  }

  /** Hears a stretch again and again, without a gap; null plays on. */
  setLoop(loop: LoopStretch | null): void {
    if (loop?.startS === this.#loop?.startS && loop?.endS === this.#loop?.endS) return;
    this.#loop = loop;
    const isOutside = loop !== null && (this.positionS < loop.startS || this.positionS >= loop.endS);
    if (useSongPlayer.getState().isPlaying || isOutside) this.seek(isOutside ? loop.startS : this.positionS);
  }

  /** Speed at the same pitch, for practice. */
  setRate(rate: number): void {
    const sound = this.#sound;
    const { songId, isPlaying } = useSongPlayer.getState();
    if (!sound || songId === null || sound.rate === rate) return;
    const positionS = this.positionS;
    sound.stop();
    this.#clicks.stop();
    const normal = this.#atNormal ?? sound;
    if (sound !== normal && sound instanceof StreamedSound) sound.close();
    this.#atNormal = rate === 1 ? null : normal;
    this.#take(rate === 1 ? normal : new StreamedSound(player.output, songId, rate));
    this.#positionS = positionS;
    if (isPlaying) this.#sound?.start(positionS, this.#loop);
    wake();
  }

  setClick(hasClick: boolean): void {
    useSongPlayer.setState({ hasClick });
    if (hasClick) this.#runClicks();
    else this.#clicks.stop();
  }

  setClickLevel(clickLevel: number): void {
    this.#clicks.setLevel(clickLevel);
    useSongPlayer.setState({ clickLevel });
  }

  async #decode(songId: string, signal: AbortSignal): Promise<void> {
    const encoded = await bytes('getMediaPlayable', { params: { id: songId }, signal });
    const buffer = await player.output.context().decodeAudioData(encoded);
    if (signal.aborted) return;
    this.#take(new DecodedSound(player.output, buffer));
    const peaks = await peaksOf(buffer);
    if (!signal.aborted) useSongPlayer.setState({ peaks });
    wake();
    const bands = await bandsOf(buffer);
    if (!signal.aborted) useSongPlayer.setState({ bands });
    wake();
  }

  #take(sound: SongSound): void {
    sound.onEnd = () => {
      this.pause();
      this.#positionS = this.#durationS;
    };
    this.#sound = sound;
    useSongPlayer.setState({ sound: 'ready' });
  }

  #runClicks(): void {
    const { isPlaying, hasClick } = useSongPlayer.getState();
    if (isPlaying && hasClick && this.#sound) this.#clicks.run(this.#sound, this.#beats);
  }

  #fail(songId: string, cause: unknown): void {
    if (useSongPlayer.getState().songId !== songId || this.#abort?.signal.aborted) return;
    const error = new AppError('media-unsupported', en.song.transport.failed, { hint: en.song.transport.failedHint, cause });
    useSongPlayer.setState({ sound: 'failed', error });
  }
}

export const songPlayer = new SongPlayer();
