/** Playing live as the player's other half: begins and takes over sessions, film or camera, and hands on play, speed, range. */
import { toAppError } from '../../../../src-main/contract/errors.ts';
import type { SessionSource } from '../../../../src-main/contract/documents/session.ts';
import { playFrom } from '../../../model/preview-plan.ts';
import type { PreviewPlan } from '../../../model/preview-plan.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { wake } from '../../../ui/animation.ts';
import type { Scene } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import { useSource } from './camera/source-store.ts';
import type { LiveSound } from './live-sound.ts';

const SPEEDS = { min: 0.25, max: 2 } as const;
const speedOf = (rate: number): number => Math.min(SPEEDS.max, Math.max(SPEEDS.min, rate));

/** What is played, and where in it. */
export interface LivePlace {
  readonly scene: Scene;
  readonly plan: PreviewPlan;
  readonly positionS: number;
}

const rangeOf = ({ startS, endS, loops }: PreviewPlan): { is_looping: boolean; start_s: number; end_s: number } => ({
  is_looping: loops,
  start_s: startS,
  end_s: endS,
});

function sourceOf({ voicing }: Scene): SessionSource | null {
  if (useSource.getState().kind === 'camera') return { kind: 'camera' };
  return voicing && { kind: 'media', media_id: voicing.mediaId };
}

export class LivePlayback {
  readonly #live: LiveSound;
  #isPanicked = false;

  constructor(live: LiveSound) {
    this.#live = live;
  }

  /** Begins to sound. */
  start({ scene, plan, positionS }: LivePlace): void {
    const source = sourceOf(scene);
    if (!source || !scene.sounding || usePlayer.getState().sound === 'starting') return;
    usePlayer.setState(({ rate }) => ({ sound: 'starting', isPlaying: true, rate: speedOf(rate), error: null }));
    const isFilm = source.kind === 'media';
    const film = { ...rangeOf(plan), is_playing: true, speed: usePlayer.getState().rate, position_s: playFrom(plan, positionS) };
    this.#isPanicked = false;
    this.#live.start({ ...scene.sounding, source, transport: isFilm ? film : {} }).then(
      () => {
        usePlayer.setState({ sound: 'ready' });
        if (this.#isPanicked) this.panic();
      },
      (error: unknown) => usePlayer.setState({ sound: 'failed', isPlaying: false, error: toAppError(error) }),
    );
    wake();
  }

  /** Silent within 20 ms; what only begins to sound begins silent. */
  panic(): void {
    this.#isPanicked = true;
    if (this.#live.isSounding) attempt(this.#live.control({ action: 'panic' }));
  }

  play(rate: number, place: LivePlace): void {
    const speed = speedOf(rate);
    usePlayer.setState({ isPlaying: true, rate: speed });
    if (!this.#live.isSounding) {
      this.start(place);
      return;
    }
    const fromS = playFrom(place.plan, place.positionS);
    const isElsewhere = fromS !== place.positionS;
    this.#live.transport({ is_playing: true, speed, ...(isElsewhere ? { position_s: fromS } : {}) });
  }

  /** A film rests; a camera cannot, its sound ends. */
  pause(): void {
    usePlayer.setState({ isPlaying: false });
    if (useSource.getState().kind === 'film') this.#live.transport({ is_playing: false });
    else attempt(this.#live.stop());
  }

  setSpeed(rate: number): void {
    usePlayer.setState({ rate });
    this.#live.transport({ speed: rate });
  }

  setRange(plan: PreviewPlan): void {
    this.#live.transport(rangeOf(plan));
  }

  /** Another film, another range under the sound. */
  change(before: PreviewPlan, { scene, plan }: LivePlace): void {
    const source = sourceOf(scene);
    const { session } = this.#live;
    if (source && session && JSON.stringify(session.source) !== JSON.stringify(source)) attempt(this.#live.setSource(source));
    const isMoved = JSON.stringify(rangeOf(plan)) !== JSON.stringify(rangeOf(before));
    if (isMoved && plan.endS > 0 && source?.kind === 'media') this.setRange(plan);
  }

  /** Film or camera: what sounds goes over to it. */
  async setSource({ scene, plan, positionS }: LivePlace): Promise<void> {
    const source = sourceOf(scene);
    if (!source || !this.#live.isSounding) return;
    await this.#live.setSource(source);
    usePlayer.setState({ isPlaying: true });
    if (source.kind === 'media') this.#live.transport({ ...rangeOf(plan), is_playing: true, position_s: playFrom(plan, positionS) });
  }

  /** Takes over a session that sounds already: the page was opened anew. */
  adopt(): void {
    const { session } = this.#live;
    if (!session) return;
    this.#live.adopt(session);
    useSource.setState({ kind: session.source.kind === 'camera' ? 'camera' : 'film' });
    const { is_playing: isPlaying, speed } = session.transport;
    usePlayer.setState({ output: 'live', sound: 'ready', error: null, isPlaying: isPlaying || session.source.kind === 'camera', rate: speed });
    wake();
  }
}
