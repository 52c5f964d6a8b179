/** The picture under seeks: a wish that waits for another seek counts before the place the film happens to be at. */
import { beforeAll, expect, test } from 'vitest';

import { Picture } from './picture.ts';

/** What Picture uses of a video element, with seeks that end when the test says so. */
class Film extends EventTarget {
  readonly readyState = 4;
  readonly duration = 12;
  paused = true;
  seeking = false;
  ended = false;
  playbackRate = 1;
  #currentS = 0;

  get currentTime(): number {
    return this.#currentS;
  }

  set currentTime(timeS: number) {
    this.#currentS = timeS;
    this.seeking = true;
    this.ended = false;
  }

  async play(): Promise<void> {
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
  }

  /** The seek ends; as in a browser its event comes later than its state. */
  arrive(): () => void {
    this.seeking = false;
    return () => this.dispatchEvent(new Event('seeked'));
  }

  runOut(): void {
    this.#currentS = this.duration;
    this.ended = true;
    this.paused = true;
  }
}

beforeAll(() => {
  Object.assign(globalThis, { HTMLMediaElement: { HAVE_METADATA: 1 } });
});

function playingFromStartAfterEnd(): { film: Film; picture: Picture } {
  const film = new Film();
  const picture = new Picture();
  picture.attach(film as unknown as HTMLVideoElement);
  picture.show(12);
  picture.show(0);
  picture.run(2);
  return { film, picture };
}

test('the start wished for while the film still seeks its end is where it is', () => {
  const { film, picture } = playingFromStartAfterEnd();
  expect(picture.currentS).toBe(0);
  const tell = film.arrive();
  expect(picture.currentS).toBe(0);
  tell();
  film.arrive()();
  expect(picture.currentS).toBeCloseTo(0.001);
});

test('a film that runs out before the wished start is carried out is not over, and runs on from there', () => {
  const { film, picture } = playingFromStartAfterEnd();
  const tell = film.arrive();
  film.runOut();
  expect(picture.isOver).toBe(false);
  tell();
  expect(picture.isOver).toBe(false);
  film.arrive()();
  expect(film).toMatchObject({ paused: false, playbackRate: 2 });
  expect(film.currentTime).toBeCloseTo(0.001);
});

test('a film that rests stays paused when its seek ends', () => {
  const { film, picture } = playingFromStartAfterEnd();
  picture.rest();
  film.arrive()();
  expect(film.paused).toBe(true);
});

test('a film that ran to its end is over', () => {
  const film = new Film();
  const picture = new Picture();
  picture.attach(film as unknown as HTMLVideoElement);
  picture.run(1);
  film.runOut();
  expect(picture.isOver).toBe(true);
});
