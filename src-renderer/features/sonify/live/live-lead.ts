/** Leads the picture by the live sound, frame by frame. */
import { PictureFollower } from '../../../model/picture-follower.ts';
import type { Picture } from '../player/picture.ts';
import type { LiveSound } from './live-sound.ts';

export class LiveLead {
  readonly #live: LiveSound;
  readonly #picture: Picture;
  readonly #follower = new PictureFollower();

  constructor(live: LiveSound, picture: Picture) {
    this.#live = live;
    this.#picture = picture;
  }

  /** @returns the place in the film that is heard now; null while nothing is heard of it */
  tick(durationS: number): number | null {
    const { clock } = this.#live;
    const heardS = this.#live.positionS();
    if (clock === null || heardS === null) return null;
    const atS = Math.min(heardS, durationS);
    const video = this.#picture.element;
    const timeS = this.#picture.currentS;
    if (!video || timeS === null) return atS;
    const order = this.#follower.order(clock, { timeS, isSeeking: video.seeking }, Date.now());
    if (order.kind === 'run' && heardS < durationS) this.#picture.keepRunning(order.rate);
    else if (order.kind === 'seek') this.#picture.show(Math.min(order.toS, durationS));
    else if (order.kind === 'rest') this.#rest(order.atS);
    return atS;
  }

  #rest(atS: number): void {
    this.#picture.rest();
    this.#picture.show(atS);
  }
}
