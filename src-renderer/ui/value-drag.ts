/**
 * The hand of every numeric control: drag up or right to raise, Shift for fine, wheel, arrows, Page keys, Home and End.
 * Works on a position 0..1; the control turns it into a value.
 */
import { useCallback, useEffect, useRef } from 'react';

/** Pixels of a drag from least to most. */
const TRAVEL_PX = 180;
const FINE = 0.1;
const KEY_STEP = 0.02;

interface ValueDrag {
  readonly ref: React.RefCallback<HTMLElement>;
  readonly onPointerDown: (event: React.PointerEvent<HTMLElement>) => void;
  readonly onKeyDown: (event: React.KeyboardEvent<HTMLElement>) => void;
}

interface ValueDragOptions {
  readonly position: number;
  readonly onMove: (position: number) => void;
  /** Which way a drag raises the value; knobs take both. */
  readonly axis?: 'both' | 'x' | 'y';
  readonly travelPx?: number;
  /** Least step of a key or a wheel notch, as a position; for whole-numbered values. */
  readonly step?: number;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** The way of a drag that raises the value, in pixels. */
function risePx(event: PointerEvent, start: { x: number; y: number }, axis: 'both' | 'x' | 'y'): number {
  const right = axis === 'y' ? 0 : event.clientX - start.x;
  const up = axis === 'x' ? 0 : start.y - event.clientY;
  return right + up;
}

export function useValueDrag(options: ValueDragOptions): ValueDrag {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });

  const onWheel = useCallback((event: WheelEvent) => {
    const { position, onMove, step } = latest.current;
    if (event.ctrlKey) return;
    event.preventDefault();
    const size = step ?? KEY_STEP * (event.shiftKey ? FINE : 1);
    // Shift turns a wheel sideways on some systems.
    const turn = event.deltaY === 0 ? event.deltaX : event.deltaY;
    onMove(clamp(position - Math.sign(turn) * size));
  }, []);

  const ref = useCallback(
    (element: HTMLElement | null) => {
      // React's own wheel listeners are passive and could not keep the panel from scrolling.
      element?.addEventListener('wheel', onWheel, { passive: false });
      return () => element?.removeEventListener('wheel', onWheel);
    },
    [onWheel],
  );

  const onPointerDown = (event: React.PointerEvent<HTMLElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    const target = event.currentTarget;
    target.focus({ preventScroll: true });
    target.setPointerCapture(event.pointerId);
    let last = { x: event.clientX, y: event.clientY };
    let position = latest.current.position;
    const move = (moved: PointerEvent): void => {
      const { axis = 'both', travelPx = TRAVEL_PX, onMove } = latest.current;
      position += (risePx(moved, last, axis) / travelPx) * (moved.shiftKey ? FINE : 1);
      last = { x: moved.clientX, y: moved.clientY };
      onMove(clamp(position));
    };
    const end = (): void => {
      target.removeEventListener('pointermove', move);
      target.removeEventListener('pointerup', end);
      target.removeEventListener('pointercancel', end);
    };
    target.addEventListener('pointermove', move);
    target.addEventListener('pointerup', end);
    target.addEventListener('pointercancel', end);
  };

  const onKeyDown = (event: React.KeyboardEvent<HTMLElement>): void => {
    const { position, onMove, step } = options;
    const size = step ?? KEY_STEP * (event.shiftKey ? FINE : 1);
    const to = {
      ArrowUp: position + size,
      ArrowRight: position + size,
      ArrowDown: position - size,
      ArrowLeft: position - size,
      PageUp: position + 0.1,
      PageDown: position - 0.1,
      Home: 0,
      End: 1,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(clamp(to));
  };

  return { ref, onPointerDown, onKeyDown };
}
