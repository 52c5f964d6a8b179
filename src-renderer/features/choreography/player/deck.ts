/**
 * Plays a plan before it is rendered: the song's sound is the master, two pictures take turns. The one that comes next is
 * loaded and set ahead of its cut and runs a little before it, unseen; until it has a frame to show, the one before stays.
 */
import type { PlanSegment } from '../../../../src-main/contract/documents/choreography.ts';
import { urlOf } from '../../../api/client.ts';
import { HIDDEN, assigned, halfOf, looks, mixAt, upcoming } from '../../../model/deck.ts';
import type { Look, Mix, Slots } from '../../../model/deck.ts';
import { contentAt } from '../../../model/plan-edit.ts';
import { Picture } from '../../sonify/player/picture.ts';

/** The coming picture runs this long before it is seen, so that its speed has settled. */
const RUN_UP_S = 0.25;
/** A picture takes about this long from the wish to run to its first new frame. */
const START_S = 0.04;

export interface DeckState {
  readonly segments: readonly PlanSegment[];
  readonly transitionS: number;
  readonly timeS: number;
  readonly isPlaying: boolean;
  /** Speed of practice. */
  readonly rate: number;
  readonly loop: { readonly startS: number; readonly endS: number } | null;
}

interface Slot {
  readonly picture: Picture;
  video: HTMLVideoElement | null;
  moveId: string | null;
  look: Look | null;
  isOver: boolean;
}

const newSlot = (): Slot => ({ picture: new Picture(), video: null, moveId: null, look: null, isOver: false });

export class Deck {
  readonly #slots = [newSlot(), newSlot()] as const;
  #held: Slots = [null, null];
  /** The slot that is seen. */
  #front: 0 | 1 = 0;

  attach(place: 0 | 1, video: HTMLVideoElement | null): void {
    const slot = this.#slots[place];
    slot.video = video;
    slot.moveId = null;
    slot.look = null;
    slot.picture.attach(video);
  }

  /** The move in a place, for messages about it. */
  moveIn(place: 0 | 1): string | null {
    return this.#slots[place].moveId;
  }

  /** Index of the segment that is seen. */
  get seen(): number | null {
    return this.#held[this.#front];
  }

  /** Lets go of both films. */
  release(): void {
    this.#held = [null, null];
    for (const slot of this.#slots) {
      slot.picture.rest();
      slot.video?.removeAttribute('src');
      slot.video?.load();
      slot.moveId = null;
    }
  }

  /** Brings both pictures to what they are to show now; called each frame. */
  show(state: DeckState): void {
    const mix = mixAt(state.segments, state.timeS, state.transitionS);
    const seen = state.segments[mix.from];
    if (!seen) return;
    const wanted = upcoming(state.segments, mix, state.loop);
    const next = assigned(this.#held, mix.from, wanted, this.#front);
    // What is seen has nothing to show yet: the picture before it stays, and its place is not given away.
    const own = next[0] === mix.from ? 0 : 1;
    const isReady = this.#hasFrame(own, seen.move_id);
    const other = own === 0 ? 1 : 0;
    if (isReady || this.#held[other] === null) this.#held = next;
    else this.#held = own === 0 ? [mix.from, this.#held[1]] : [this.#held[0], mix.from];
    this.#run(own, mix.from, state);
    const otherIndex = this.#held[other];
    if (otherIndex !== null && otherIndex === next[other]) this.#runNext(other, otherIndex, mix, state);
    else if (!state.isPlaying) this.#slots[other].picture.rest();
    this.#draw(own, mix, isReady);
  }

  #hasFrame(place: 0 | 1, moveId: string): boolean {
    const { video, moveId: own } = this.#slots[place];
    return video !== null && own === moveId && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
  }

  /** Puts the film of a segment in its place. */
  #load(place: 0 | 1, segment: PlanSegment): void {
    const slot = this.#slots[place];
    if (!slot.video || slot.moveId === segment.move_id) return;
    slot.picture.rest();
    slot.moveId = segment.move_id;
    slot.video.src = urlOf('getMediaPlayable', { params: { id: segment.move_id } });
  }

  #run(place: 0 | 1, index: number, { segments, timeS, isPlaying, rate }: DeckState): void {
    const segment = segments[index];
    if (!segment) return;
    this.#load(place, segment);
    const { picture } = this.#slots[place];
    const atS = Math.max(0, contentAt(segment, timeS));
    if (isPlaying) picture.sync(atS, segment.speed * rate);
    else {
      picture.rest();
      picture.show(atS);
    }
  }

  /** The picture that comes: it waits where it will begin, runs up to its cut, and runs through a transition. */
  #runNext(place: 0 | 1, index: number, mix: Mix, state: DeckState): void {
    const segment = state.segments[index];
    if (!segment) return;
    if (mix.to === index) {
      this.#runFrom(place, segment, contentAt(segment, state.timeS), state);
      return;
    }
    this.#load(place, segment);
    const { picture } = this.#slots[place];
    const isNext = index === mix.from + 1;
    const beginsS = isNext ? segment.start_s - halfOf(state.segments, index, state.transitionS) : (state.loop?.startS ?? segment.start_s);
    // A loop's first clip is reached by a jump of the time, so the way to it is counted from where the loop ends.
    const leftS = isNext ? beginsS - state.timeS : (state.loop?.endS ?? state.timeS) - state.timeS;
    const runUpS = RUN_UP_S * state.rate;
    if (state.isPlaying && leftS <= runUpS) this.#runFrom(place, segment, contentAt(segment, beginsS - leftS), state);
    else {
      picture.rest();
      picture.show(Math.max(0, contentAt(segment, beginsS - runUpS)));
    }
  }

  /** Runs a picture at a place of its clip; before the clip's beginning it waits there, and starts just in time. */
  #runFrom(place: 0 | 1, segment: PlanSegment, atS: number, { isPlaying, rate }: DeckState): void {
    this.#load(place, segment);
    const { picture } = this.#slots[place];
    const speed = segment.speed * rate;
    if (isPlaying && atS >= -START_S * speed) picture.sync(Math.max(0, atS), speed);
    else {
      picture.rest();
      picture.show(Math.max(0, atS));
    }
  }

  #draw(own: 0 | 1, mix: Mix, isReady: boolean): void {
    if (!isReady) {
      // Whatever was seen last goes on being seen.
      this.#style(this.#front, looks({ ...mix, to: null }).from, false);
      this.#style(this.#front === 0 ? 1 : 0, HIDDEN, false);
      return;
    }
    const other = own === 0 ? 1 : 0;
    const look = looks(this.#held[other] === mix.to ? mix : { ...mix, to: null });
    this.#front = mix.to !== null && mix.amount >= 0.5 && this.#held[other] === mix.to ? other : own;
    this.#style(own, look.from, false);
    this.#style(other, look.to, mix.to !== null);
  }

  #style(place: 0 | 1, look: Look, isOver: boolean): void {
    const slot = this.#slots[place];
    const style = slot.video?.style;
    if (!style) return;
    if (slot.look?.opacity !== look.opacity) style.opacity = String(look.opacity);
    if (slot.look?.clip !== look.clip) style.clipPath = look.clip;
    if (slot.look?.shift !== look.shift) style.transform = look.shift;
    if (slot.isOver !== isOver) style.zIndex = isOver ? '2' : '1';
    slot.look = look;
    slot.isOver = isOver;
  }
}
