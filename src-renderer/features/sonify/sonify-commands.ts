/** What the keys do in the Sonify workspace: playback, shuttle, range, markers, zoom, outputs, tempo. */
import { useEffect, useMemo } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { addRow, newRow, setPart } from '../../model/mapping-edit.ts';
import { addMarker, clearRange, setRangeEnd } from '../../model/project-edit.ts';
import { keyDown, keyUp, stopped } from '../../model/shuttle.ts';
import type { ShuttleKey, ShuttleState } from '../../model/shuttle.ts';
import { neighbour } from '../../model/snapping.ts';
import { tapTempo } from '../../model/tap-tempo.ts';
import { steppedByFrames } from '../../model/timecode.ts';
import { useCommands } from '../../stores/command-store.ts';
import type { CommandHandlers } from '../../stores/command-store.ts';
import { mediaById } from '../../stores/media-store.ts';
import { edit, useProject } from '../../stores/project-store.ts';
import { attempt, say } from '../../stores/toast-store.ts';
import { rateOf } from './lanes/film-data.ts';
import type { FilmData } from './lanes/film-data.ts';
import { useTimeline, zoomAbout, zoomToFit, zoomToRange } from './lanes/timeline-store.ts';
import { setMirrored, useCamera } from './live/camera/camera.ts';
import { useSource } from './live/camera/source-store.ts';
import { toggleRecording } from './live/recording/record.ts';
import { recall, sceneAt, store } from './live/scenes/scene-actions.ts';
import { player } from './player/player.ts';
import { usePlayer } from './player/player-store.ts';
import type { OutputKind } from './player/player-store.ts';
import { activeSlot, useSlot } from './player/use-scene.ts';
import { OVERLAYS, toggleOverlay } from './viewer/overlay-store.ts';

const document_ = () => useProject.getState().document;
const isCamera = (): boolean => usePlayer.getState().output === 'live' && useSource.getState().kind === 'camera';
const canPlay = (): boolean => hasFilm() || isCamera();
const hasFilm = (): boolean => player.durationS > 0;
const hasRange = (): boolean => document_()?.range != null;
const rate = () => rateOf(mediaById(document_()?.media_id ?? null));

/** Bpm the beat keys go by. */
const beatS = (): number => 60 / (document_()?.mapping.tempo.bpm ?? 120);

let shuttle: ShuttleState = stopped;
let taps: readonly number[] = [];

function pressShuttle(key: ShuttleKey): void {
  // The transport may have been stopped or started otherwise since the last key.
  const { isPlaying, rate: playing } = usePlayer.getState();
  const [next, action] = keyDown({ ...shuttle, rate: isPlaying ? playing : 0 }, key, false);
  shuttle = next;
  if (action.kind === 'step') {
    player.pause();
    player.seek(steppedByFrames(player.positionS, action.frames, rate()));
  } else if (action.kind === 'rate' && action.rate === 0) player.pause();
  else if (action.kind === 'rate') player.play(action.rate);
}

const step = (frames: number) => ({
  run: () => {
    player.pause();
    player.seek(steppedByFrames(player.positionS, frames, rate()));
  },
  isEnabled: hasFilm,
});

const skip = (seconds: () => number) => ({ run: () => player.seek(player.positionS + seconds()), isEnabled: hasFilm });

function goToCut(cuts: readonly number[], direction: 1 | -1): void {
  const edges = [0, ...cuts, player.durationS];
  const to = neighbour(edges, player.positionS, direction);
  if (to !== null) player.seek(to);
}

function tap(): void {
  const doc = document_();
  if (!doc) return;
  const { taps: kept, bpm } = tapTempo(taps, performance.now());
  taps = kept;
  if (bpm === null) return;
  const slot = activeSlot(doc, useSlot.getState().slot);
  const source = doc[slot]?.tempo.source === 'fixed' ? 'tapped' : (doc[slot]?.tempo.source ?? 'tapped');
  edit(setPart(slot, en.mapping.edit.tempo, ['tempo'], { source, bpm }));
  say(en.mapping.tempo.tapped(bpm));
}

function output(kind: OutputKind): CommandHandlers[keyof CommandHandlers] & object {
  const isEnabled = (): boolean => {
    if (kind === 'film') return mediaById(document_()?.media_id ?? null)?.probe.audio != null;
    if (kind === 'live') return hasFilm() || useSource.getState().kind === 'camera';
    return kind === 'preview' || usePlayer.getState().resultId !== null;
  };
  return { run: () => player.setOutput(kind), isEnabled };
}

/** Plays live with the camera, or with the film again. */
function toggleSource(): void {
  if (isCamera()) {
    if (hasFilm()) player.setSource('film');
    return;
  }
  player.setSource('camera');
  if (usePlayer.getState().output !== 'live') player.setOutput('live');
}

function markRange(end: 'start' | 'end'): void {
  const doc = document_();
  if (doc) edit(setRangeEnd(end, player.positionS, doc, player.durationS));
}

/** Enter: hears the range from its beginning, again and again. */
function previewRange(): void {
  const range = document_()?.range;
  player.setOutput('preview');
  if (range) {
    player.setLooping(true);
    player.seek(range.start_s);
  }
  player.play();
}

function addOneRow(): void {
  const doc = document_();
  if (!doc) return;
  const slot = activeSlot(doc, useSlot.getState().slot);
  edit(addRow(slot, newRow(doc[slot]?.rows ?? [], 'motion.magnitude', 'bass_cutoff')));
}

function goTo(pick: (range: { start_s: number; end_s: number }) => number): void {
  const range = document_()?.range;
  if (range) player.seek(pick(range));
}

const zoomMiddle = (factor: number): void => {
  const { transform, widthPx } = useTimeline.getState();
  const px = transform.toPx(player.positionS);
  zoomAbout(px >= 0 && px <= widthPx ? px : widthPx / 2, factor);
};

function fit(): void {
  const { transform, widthPx, durationS } = useTimeline.getState();
  const range = document_()?.range;
  const isFitted = transform.pxPerS <= (widthPx / Math.max(0.001, durationS)) * 1.001;
  if (isFitted && range) zoomToRange(range.start_s, range.end_s);
  else zoomToFit();
}

export function useSonifyCommands(data: FilmData | null): void {
  const handlers = useMemo<CommandHandlers>(
    () => ({
      'play.toggle': { run: () => player.toggle(), isEnabled: canPlay },
      'play.pause': { run: () => pressShuttle('k'), isEnabled: hasFilm },
      'play.shuttleBack': { run: () => pressShuttle('j'), isEnabled: hasFilm },
      'play.shuttleForward': { run: () => pressShuttle('l'), isEnabled: hasFilm },
      'play.stepBack': step(-1),
      'play.stepForward': step(1),
      'play.secondBack': skip(() => -1),
      'play.secondForward': skip(() => 1),
      'play.beatBack': skip(() => -beatS()),
      'play.beatForward': skip(beatS),
      'play.cutBack': { run: () => goToCut(data?.cuts ?? [], -1), isEnabled: hasFilm },
      'play.cutForward': { run: () => goToCut(data?.cuts ?? [], 1), isEnabled: hasFilm },
      'play.start': { run: () => player.seek(0), isEnabled: hasFilm },
      'play.end': { run: () => player.seek(player.durationS), isEnabled: hasFilm },
      'range.in': { run: () => markRange('start'), isEnabled: hasFilm },
      'range.out': { run: () => markRange('end'), isEnabled: hasFilm },
      'range.goIn': { run: () => goTo((range) => range.start_s), isEnabled: hasRange },
      'range.goOut': { run: () => goTo((range) => range.end_s), isEnabled: hasRange },
      'range.clear': { run: () => edit(clearRange()), isEnabled: hasRange },
      'range.preview': { run: previewRange, isEnabled: hasFilm },
      'marker.add': { run: () => edit(addMarker(player.positionS, document_()?.markers ?? [])), isEnabled: hasFilm },
      'snap.toggle': { run: () => useTimeline.setState(({ isSnapping }) => ({ isSnapping: !isSnapping })) },
      'zoom.fit': { run: fit, isEnabled: hasFilm },
      'zoom.in': { run: () => zoomMiddle(1.5), isEnabled: hasFilm },
      'zoom.out': { run: () => zoomMiddle(1 / 1.5), isEnabled: hasFilm },
      'sound.film': output('film'),
      'sound.preview': output('preview'),
      'sound.result': output('result'),
      'sound.live': output('live'),
      'sound.compare': {
        run: () => useSlot.setState(({ slot }) => ({ slot: slot === 'mapping' ? 'compared' : 'mapping' })),
        isEnabled: () => document_()?.compared != null,
      },
      'tempo.tap': { run: tap },
      'source.camera': { run: toggleSource },
      'camera.mirror': { run: () => setMirrored(!useCamera.getState().isMirrored), isEnabled: isCamera },
      'record.toggle': { run: () => attempt(toggleRecording()), isEnabled: () => player.live.isSounding },
      'scene.store': { run: store },
      ...Object.fromEntries(
        Array.from({ length: 9 }, (_, place) => [
          `scene.${place + 1}`,
          { run: () => recall(sceneAt(place)), isEnabled: () => sceneAt(place) !== null },
        ]),
      ),
      'row.add': { run: addOneRow },
      ...Object.fromEntries(OVERLAYS.map((id) => [`overlay.${id}`, { run: () => toggleOverlay(id) }])),
    }),
    [data],
  );
  useCommands(handlers);
  useEffect(() => {
    const release = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'k') shuttle = keyUp(shuttle, 'k');
    };
    document.addEventListener('keyup', release);
    return () => document.removeEventListener('keyup', release);
  }, []);
}
