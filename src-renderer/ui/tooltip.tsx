/**
 * A tooltip after 400 ms with the name of a control and its key; at once while one control after another is pointed at.
 * One for the whole page, and never in the way of Escape: it hides, and what is open beneath closes.
 */
import { cloneElement, useEffect, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';
import { create } from 'zustand';

import { placeTooltip } from '../model/tooltip-place.ts';
import type { Box, Side } from '../model/tooltip-place.ts';
import { KeyCaps } from './key-caps.tsx';
import './tooltip.css';

interface Shown {
  readonly text: string;
  readonly chord: string | null;
  readonly side: Side;
  readonly anchor: Box;
}

const useShown = create<{ readonly shown: Shown | null }>()(() => ({ shown: null }));

const DELAY_MS = 400;
/** After one tooltip has gone the next one comes at once for this long. */
const WARM_MS = 200;
let timer: ReturnType<typeof setTimeout> | undefined;
let goneMs = -Infinity;

function show(shown: Shown): void {
  clearTimeout(timer);
  const isWarm = useShown.getState().shown !== null || performance.now() - goneMs < WARM_MS;
  timer = setTimeout(() => useShown.setState({ shown }), isWarm ? 0 : DELAY_MS);
}

function hide(): void {
  clearTimeout(timer);
  if (useShown.getState().shown === null) return;
  goneMs = performance.now();
  useShown.setState({ shown: null });
}

interface Handlers {
  readonly onPointerEnter?: React.PointerEventHandler;
  readonly onPointerLeave?: React.PointerEventHandler;
  readonly onPointerDown?: React.PointerEventHandler;
  readonly onFocus?: React.FocusEventHandler;
  readonly onBlur?: React.FocusEventHandler;
}

interface TooltipProps {
  readonly text: string;
  readonly chord?: string | null;
  readonly side?: Side;
  readonly children: React.ReactElement<Handlers>;
}

export function Tooltip({ text, chord = null, side = 'bottom', children }: TooltipProps): React.JSX.Element {
  const own = children.props;
  const of = (element: Element): Shown => ({ text, chord, side, anchor: element.getBoundingClientRect() });
  useEffect(() => hide, [text]);
  return cloneElement(children, {
    onPointerEnter: (event: React.PointerEvent) => {
      own.onPointerEnter?.(event);
      if (event.pointerType === 'mouse' && event.buttons === 0) show(of(event.currentTarget));
    },
    onPointerLeave: (event: React.PointerEvent) => {
      own.onPointerLeave?.(event);
      hide();
    },
    onPointerDown: (event: React.PointerEvent) => {
      own.onPointerDown?.(event);
      hide();
    },
    onFocus: (event: React.FocusEvent) => {
      own.onFocus?.(event);
      if (event.currentTarget.matches(':focus-visible')) show(of(event.currentTarget));
    },
    onBlur: (event: React.FocusEvent) => {
      own.onBlur?.(event);
      hide();
    },
  });
}

/** Where the tooltip is shown; stands once in the page. */
export function TooltipHost(): React.JSX.Element | null {
  const shown = useShown((state) => state.shown);
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    document.addEventListener('keydown', hide, true);
    globalThis.addEventListener('scroll', hide, true);
    return () => {
      document.removeEventListener('keydown', hide, true);
      globalThis.removeEventListener('scroll', hide, true);
    };
  }, []);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || !shown) return;
    const { width, height } = element.getBoundingClientRect();
    const place = placeTooltip(shown.anchor, { width, height }, shown.side, {
      width: globalThis.innerWidth,
      height: globalThis.innerHeight,
    });
    element.style.left = `${place.left}px`;
    element.style.top = `${place.top}px`;
  }, [shown]);
  if (!shown) return null;
  return createPortal(
    <div ref={ref} className="tooltip" role="tooltip">
      <span>{shown.text}</span>
      {shown.chord ? <KeyCaps chord={shown.chord} /> : null}
    </div>,
    document.body,
  );
}
