/**
 * Keeps player and session together: a session that sounds already is found again, edits reach it as they are made, and its
 * own word on playing (the film's end, another window) is taken.
 */
import { useEffect } from 'react';

import { sessionOf, useLive } from '../../../stores/live-store.ts';
import { visitProject } from '../../../stores/project-list-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { call } from '../../../api/client.ts';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import { activeSlot, useSlot } from '../player/use-scene.ts';

const isLive = (): boolean => usePlayer.getState().output === 'live';
const projectId = (): string | null => useProject.getState().project?.id ?? null;

/** The edited mapping sounds. */
function sendMapping(): void {
  const { document } = useProject.getState();
  if (!document || !isLive()) return;
  player.live.setMapping(document[activeSlot(document, useSlot.getState().slot)] ?? document.mapping);
}

/** The session's word on playing and speed, once the page's own wishes have reached it. */
function takeTransport(): void {
  const { session } = player.live;
  if (!session?.stream || !isLive() || !player.live.isSettled || usePlayer.getState().sound === 'starting') return;
  const isCamera = session.source.kind === 'camera';
  const { speed } = session.transport;
  const isPlaying = isCamera || session.transport.is_playing;
  const shown = usePlayer.getState();
  if (shown.isPlaying !== isPlaying || shown.rate !== speed) usePlayer.setState({ isPlaying, rate: speed });
}

/** The sound ended without the page: it says so and waits for Play. */
function takeSilence(wasSounding: boolean): void {
  const isOver = wasSounding && !player.live.isSounding && usePlayer.getState().sound === 'ready';
  if (isLive() && isOver) usePlayer.setState({ sound: 'idle', isPlaying: false });
}

/** Another project is opened: the one before falls silent, and one that sounds is taken over. */
function changeProject(before: string | null): void {
  const left = sessionOf(before);
  if (isLive()) {
    usePlayer.setState({ output: 'preview', sound: 'idle', isPlaying: false, rate: 1 });
    if (left?.stream) attempt(call('stopGeneration', { params: { id: left.id } }));
  }
  if (sessionOf(projectId())?.stream) player.adoptLive();
}

export function useLiveSession(): void {
  useEffect(() => {
    let wasSounding = false;
    const stops = [
      useProject.subscribe((state, before) => {
        if (state.project?.id !== before.project?.id) changeProject(before.project?.id ?? null);
        else if (state.document !== before.document) sendMapping();
      }),
      useSlot.subscribe(sendMapping),
      useLive.subscribe(() => {
        takeSilence(wasSounding);
        wasSounding = player.live.isSounding;
        takeTransport();
      }),
    ];
    const sounding = useLive.getState().sessions.find((session) => session.stream !== null);
    if (sounding?.project_id && projectId() === null) attempt(visitProject(sounding.project_id));
    else if (player.live.isSounding && !isLive()) player.adoptLive();
    return () => stops.forEach((stop) => stop());
  }, []);
}
