/** What of the player changes slowly enough for React: state, speed, output, volume. The time itself is read from the player. */
import { create } from 'zustand';

import type { AppError } from '../../../../src-main/contract/errors.ts';

export type OutputKind = 'film' | 'preview' | 'result' | 'live';
export type SoundState = 'idle' | 'rendering' | 'waiting' | 'ready' | 'failed' | 'silenced' | 'analysing' | 'starting';

interface PlayerState {
  readonly isPlaying: boolean;
  /** Multiple of real time; negative is backwards. */
  readonly rate: number;
  readonly output: OutputKind;
  readonly isLooping: boolean;
  readonly volume: number;
  readonly sound: SoundState;
  readonly error: AppError | null;
  /** Loudness of the stretch that is heard. */
  readonly lufs: number | null;
  /** The page cannot decode the film. */
  readonly cannotPlay: boolean;
  readonly resultId: string | null;
}

export const usePlayer = create<PlayerState>()(() => ({
  isPlaying: false,
  rate: 1,
  output: 'preview',
  isLooping: true,
  volume: 0.8,
  sound: 'idle',
  error: null,
  lufs: null,
  cannotPlay: false,
  resultId: null,
}));
