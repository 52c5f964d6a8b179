/**
 * The hand on the clips: a press selects; a border is dragged to another beat, a clip onto another to exchange the two,
 * with Shift to slip it; Alt lets go of the beats, Escape gives up. One gesture is one step of the undo.
 */
import { en } from '../../../../src-main/contract/text/en.ts';
import { nearestOf } from '../../../model/beat-lookup.ts';
import { hitAt } from '../../../model/clip-lane.ts';
import { borderMoved, borderRange, entered, planCommand, segmentAt } from '../../../model/plan-edit.ts';
import { clock } from '../../../model/timecode.ts';
import { useSongDocument } from '../../song/song-document.ts';
import { useSongPlayer } from '../../song/song-player.ts';
import { useSongView } from '../../song/song-view-store.ts';
import { edit, planNow, select, useDance } from '../dance-store.ts';
import { exchange, placeMove } from '../plan-actions.ts';

const say = en.dance;
export const MOVE_TYPE = 'application/x-kinetone-move';
const DRAG_PX = 4;
const SNAP_PX = 9;

type Press = React.PointerEvent<HTMLElement>;

const pxIn = (event: { readonly clientX: number }, lane: Element): number => event.clientX - lane.getBoundingClientRect().left;
const beats = (): readonly number[] => useSongDocument.getState().song?.analysis?.beats ?? [];
const isPlaying = (): boolean => useSongPlayer.getState().isPlaying;
const quiet = (): void => useDance.setState({ dragged: null, readout: null, dropIndex: null });

interface Gesture {
  readonly move: (px: number, event: PointerEvent) => void;
  readonly drop: (event: PointerEvent) => void;
}

/** Follows the pointer; nothing begins before it has moved a little, and Escape ends it without an edit. */
function follow(event: Press, lane: HTMLElement, begin: () => Gesture | null, onClick: () => void): void {
  const fromPx = pxIn(event, lane);
  let gesture: Gesture | null = null;
  const onMove = (moved: PointerEvent): void => {
    const px = pxIn(moved, lane);
    if (!gesture && Math.abs(px - fromPx) < DRAG_PX) return;
    gesture ??= begin();
    gesture?.move(px, moved);
  };
  const end = (): void => {
    lane.removeEventListener('pointermove', onMove);
    lane.removeEventListener('pointerup', onUp);
    lane.removeEventListener('pointercancel', giveUp);
    document.removeEventListener('keydown', onKey, true);
  };
  const onUp = (up: PointerEvent): void => {
    end();
    if (gesture) gesture.drop(up);
    else onClick();
    quiet();
  };
  const giveUp = (): void => {
    end();
    quiet();
  };
  const onKey = (key: KeyboardEvent): void => {
    if (key.key !== 'Escape') return;
    key.preventDefault();
    key.stopPropagation();
    giveUp();
  };
  lane.setPointerCapture(event.pointerId);
  lane.addEventListener('pointermove', onMove);
  lane.addEventListener('pointerup', onUp);
  lane.addEventListener('pointercancel', giveUp);
  document.addEventListener('keydown', onKey, true);
}

function borderGesture(index: number): Gesture | null {
  const plan = planNow();
  const range = plan ? borderRange(plan.segments, index) : null;
  if (!plan || !range) return null;
  return {
    move: (px, { altKey }) => {
      const { transform } = useSongView.getState();
      const timeS = transform.toS(px);
      const beat = altKey ? null : nearestOf(beats(), timeS);
      const isNear = beat !== null && Math.abs(beat - timeS) * transform.pxPerS <= SNAP_PX;
      const toS = isNear ? beat : timeS;
      const dragged = borderMoved(plan.segments, index, toS, beats());
      const atS = dragged?.[index]?.end_s ?? toS;
      const isLimit = Math.abs(atS - toS) > 1e-3;
      const text = isLimit ? `${say.lane.border(clock(atS, 2))} · ${say.lane.limit}` : say.lane.border(clock(atS, 2));
      useDance.setState({ dragged, readout: { atS, text, isSnapped: isNear && !isLimit } });
    },
    drop: () => edit(planCommand(say.edit.border, plan, [...(useDance.getState().dragged ?? plan.segments)])),
  };
}

function slipGesture(index: number, fromPx: number): Gesture | null {
  const plan = planNow();
  const segment = plan?.segments[index];
  if (!plan || !segment) return null;
  return {
    move: (px) => {
      const { transform } = useSongView.getState();
      // The picture is dragged: to the right shows earlier parts of the clip.
      const dragged = entered(plan.segments, index, segment.in_s - ((px - fromPx) / transform.pxPerS) * segment.speed);
      const text = say.lane.slip(clock(dragged?.[index]?.in_s ?? segment.in_s, 2));
      useDance.setState({ dragged, readout: { atS: segment.start_s, text, isSnapped: false } });
    },
    drop: () => edit(planCommand(say.edit.slip, plan, [...(useDance.getState().dragged ?? plan.segments)])),
  };
}

function exchangeGesture(index: number): Gesture | null {
  const plan = planNow();
  const segment = plan?.segments[index];
  if (!plan || !segment) return null;
  return {
    move: (px) => {
      const timeS = useSongView.getState().transform.toS(px);
      const over = segmentAt(plan.segments, timeS);
      const other = plan.segments[over];
      const isOther = other !== undefined && over !== index;
      useDance.setState({
        dropIndex: isOther ? over : null,
        readout: isOther ? { atS: timeS, text: say.lane.swap(segment.name, other.name), isSnapped: false } : null,
      });
    },
    drop: () => {
      const { dropIndex } = useDance.getState();
      if (dropIndex !== null) exchange(index, dropIndex);
    },
  };
}

export function pressLane(event: Press): void {
  const plan = planNow();
  if (event.button !== 0 || !plan) return;
  const lane = event.currentTarget;
  const px = pxIn(event, lane);
  const hit = hitAt(plan.segments, useSongView.getState().transform, px);
  if (!hit) return;
  const { index } = hit;
  if (hit.kind === 'border') {
    follow(event, lane, () => borderGesture(index), () => select(index, { isPlaying: isPlaying() }));
    return;
  }
  select(index, { isPlaying: isPlaying() });
  const isSlip = event.shiftKey;
  follow(event, lane, () => (isSlip ? slipGesture(index, px) : exchangeGesture(index)), () => undefined);
}

export function hoverLane(event: Press): void {
  const plan = planNow();
  if (!plan || event.buttons !== 0) return;
  const hit = hitAt(plan.segments, useSongView.getState().transform, pxIn(event, event.currentTarget));
  event.currentTarget.style.cursor = hit?.kind === 'border' ? 'ew-resize' : 'default';
  const hoverIndex = hit?.kind === 'clip' ? hit.index : null;
  if (hoverIndex !== useDance.getState().hoverIndex) useDance.setState({ hoverIndex });
}

export function leaveLane(): void {
  useDance.setState({ hoverIndex: null });
}

/** A move of the library is held over the lane. */
export function dragOverLane(event: React.DragEvent<HTMLElement>): void {
  const plan = planNow();
  if (!plan) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = 'copy';
  const hit = hitAt(plan.segments, useSongView.getState().transform, pxIn(event, event.currentTarget));
  const dropIndex = hit?.index ?? null;
  if (dropIndex !== useDance.getState().dropIndex) useDance.setState({ dropIndex });
}

export function dropOnLane(event: React.DragEvent<HTMLElement>): void {
  const moveId = event.dataTransfer.getData(MOVE_TYPE);
  const { dropIndex } = useDance.getState();
  useDance.setState({ dropIndex: null });
  if (moveId === '' || dropIndex === null) return;
  event.preventDefault();
  placeMove(dropIndex, moveId);
  select(dropIndex, { isPlaying: isPlaying() });
}
