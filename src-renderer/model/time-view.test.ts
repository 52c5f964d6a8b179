import { describe, expect, it } from 'vitest';

import { fitted, following, isFitted, lasting, noView, resized, scrolledBy, zoomedAbout, zoomedTo } from './time-view.ts';

const song = resized(lasting(noView, 200), 1000);

describe('the view of a time axis', () => {
  it('shows all of what is new, and stays fitted when the window changes', () => {
    expect(song.transform.visible(song.widthPx)).toEqual({ startS: 0, endS: 200 });
    expect(isFitted(resized(song, 500))).toBe(true);
  });

  it('keeps the time under the pointer when it zooms, and its left edge when it is resized', () => {
    const close = zoomedAbout(song, 250, 8);
    expect(close.transform.toS(250)).toBeCloseTo(50, 9);
    expect(resized(close, 600).transform.originS).toBe(close.transform.originS);
  });

  it('never leaves the song', () => {
    expect(scrolledBy(zoomedAbout(song, 0, 4), -500).transform.originS).toBe(0);
    expect(scrolledBy(zoomedAbout(song, 0, 4), 1e6).transform.toS(1000)).toBeCloseTo(200, 6);
    expect(fitted(zoomedAbout(song, 0, 4)).transform.visible(1000).endS).toBeCloseTo(200, 9);
  });

  it('turns the page when the playhead leaves it, and is the same object otherwise', () => {
    const close = zoomedTo(song, 20, 30);
    expect(following(close, 25)).toBe(close);
    const next = following(close, 31);
    expect(next.transform.toPx(31)).toBeGreaterThan(0);
    expect(next.transform.toPx(31)).toBeLessThan(200);
  });
});
