/** The one clip that plays in the detail pane; it gets a source when it is first played, and loses it with the next clip. */
import { create } from 'zustand';

import { urlOf } from '../../api/client.ts';
import { wake } from '../../ui/animation.ts';
import { player } from '../sonify/player/player.ts';
import { usePlayer } from '../sonify/player/player-store.ts';

export const useClip = create<{ readonly id: string | null; readonly isPlaying: boolean; readonly hasFailed: boolean }>()(() => ({
  id: null,
  isPlaying: false,
  hasFailed: false,
}));

let video: HTMLVideoElement | null = null;

/** The element of the detail pane; null when the pane goes. */
export function attachClip(element: HTMLVideoElement | null, id: string | null): void {
  if (video && video !== element) release(video);
  video = element;
  useClip.setState({ id, isPlaying: false, hasFailed: false });
}

/** A source that is taken away frees its decoder and its connection. */
function release(element: HTMLVideoElement): void {
  element.pause();
  element.removeAttribute('src');
  element.load();
}

/** Plays or pauses the shown clip, in a loop, through the page's output. */
export function toggleClip(): void {
  const { id } = useClip.getState();
  const element = video;
  if (!element || id === null) return;
  if (!element.paused) {
    element.pause();
    return;
  }
  // Live sound goes on; it plays through the audio host, not the page.
  if (usePlayer.getState().output !== 'live') player.pause();
  if (!element.hasAttribute('src')) element.src = urlOf('getMediaPlayable', { params: { id } });
  player.output.adopt(element);
  player.output.start().catch(() => undefined);
  useClip.setState({ hasFailed: false });
  element.play().then(wake, () => undefined);
}

/** Everything silent within 20 ms, then at rest. */
export function panicClip(): void {
  player.panic();
  setTimeout(() => video?.pause(), 25);
}

/** Seconds; 0 before it was played. */
export function clipPositionS(): number {
  return video?.currentTime ?? 0;
}

export function seekClip(timeS: number): void {
  const { id } = useClip.getState();
  const element = video;
  if (!element || id === null) return;
  if (!element.hasAttribute('src')) element.src = urlOf('getMediaPlayable', { params: { id } });
  const seek = (): void => {
    element.currentTime = Math.min(Math.max(0, timeS), element.duration || timeS);
    wake();
  };
  if (element.readyState >= HTMLMediaElement.HAVE_METADATA) seek();
  else element.addEventListener('loadedmetadata', seek, { once: true });
}

export const hasClip = (): boolean => useClip.getState().id !== null;
