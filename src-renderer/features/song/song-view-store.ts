/** The view of the song's time axis, what the pointer is over, and sections while a border of theirs is dragged. */
import { create } from 'zustand';

import type { SongSection } from '../../../src-main/contract/documents/song-analysis.ts';
import { fitted, following, lasting, noView, resized, scrolledBy, zoomedAbout, zoomedTo } from '../../model/time-view.ts';
import type { TimeView } from '../../model/time-view.ts';
import { wake } from '../../ui/animation.ts';

interface SongViewState extends TimeView {
  /** Time under the pointer, null when it is elsewhere. */
  readonly hoverS: number | null;
  readonly draggedSections: readonly SongSection[] | null;
}

export const useSongView = create<SongViewState>()(() => ({ ...noView, hoverS: null, draggedSections: null }));

useSongView.subscribe(wake);

function change(view: TimeView): void {
  if (view !== useSongView.getState()) useSongView.setState({ transform: view.transform, widthPx: view.widthPx, durationS: view.durationS });
}

export const setWidth = (widthPx: number): void => change(resized(useSongView.getState(), widthPx));
export const setDuration = (durationS: number): void => change(lasting(useSongView.getState(), durationS));
export const zoomAbout = (px: number, factor: number): void => change(zoomedAbout(useSongView.getState(), px, factor));
export const scrollBy = (px: number): void => change(scrolledBy(useSongView.getState(), px));
export const zoomToFit = (): void => change(fitted(useSongView.getState()));
export const zoomToRange = (startS: number, endS: number): void => change(zoomedTo(useSongView.getState(), startS, endS));
/** Scrolls when the playhead leaves the view while playing. */
export const follow = (timeS: number): void => change(following(useSongView.getState(), timeS));
