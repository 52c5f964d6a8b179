/**
 * A level meter with peak hold and clip latch, drawn outside React's render; the element itself is the accessible meter,
 * updated four times a second. A click clears the latch.
 */
import { useEffect, useMemo, useRef } from 'react';

import { FLOOR_DB, advance, meterPosition, silent } from '../model/meter-ballistics.ts';
import { db } from '../model/format.ts';
import { onFrame } from './animation.ts';
import { Canvas } from './canvas.tsx';
import type { Painter, Surface } from './canvas.tsx';
import { palette } from './palette.ts';
import './meter.css';

interface MeterProps {
  readonly label: string;
  /** Newest peak per channel, 0..1; read once a frame. */
  readonly read: () => readonly number[];
  readonly isStanding?: boolean;
  readonly className?: string;
}

class MeterPainter implements Painter {
  readonly #read: () => readonly number[];
  readonly #isStanding: boolean;
  #states = [silent, silent];
  #lastMs = 0;

  constructor(read: () => readonly number[], isStanding: boolean) {
    this.#read = read;
    this.#isStanding = isStanding;
  }

  get loudestDb(): number {
    return Math.max(...this.#states.map((state) => state.levelDb));
  }

  get hasClipped(): boolean {
    return this.#states.some((state) => state.hasClipped);
  }

  clear(): void {
    this.#states = this.#states.map((state) => ({ ...state, hasClipped: false, holdDb: FLOOR_DB }));
  }

  key = (nowMs: number): { values: readonly unknown[]; isMoving: boolean } => {
    const peaks = this.#read();
    const elapsedMs = Math.min(100, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    this.#states = peaks.map((peak, i) => advance(this.#states[i] ?? silent, peak, nowMs, elapsedMs));
    const isMoving = this.#states.some((state) => state.levelDb > FLOOR_DB || state.holdDb > FLOOR_DB);
    return {
      values: [
        palette(),
        ...this.#states.flatMap((state) => [
          Math.round(state.levelDb * 4),
          Math.round(state.holdDb * 4),
          state.hasClipped,
        ]),
      ],
      isMoving,
    };
  };

  paint = ({ context, widthPx, heightPx }: Surface): void => {
    const colours = palette();
    const across = this.#isStanding ? widthPx : heightPx;
    const along = this.#isStanding ? heightPx : widthPx;
    const each = (across - (this.#states.length - 1)) / this.#states.length;
    const box = (channel: number, from: number, to: number, colour: string): void => {
      context.fillStyle = colour;
      const [a, b] = [from * along, to * along];
      if (this.#isStanding) context.fillRect(channel * (each + 1), along - b, each, b - a);
      else context.fillRect(a, channel * (each + 1), b - a, each);
    };
    this.#states.forEach((state, channel) => {
      const level = meterPosition(state.levelDb);
      const hold = meterPosition(state.holdDb);
      const [yellow, red] = [meterPosition(-9), meterPosition(-3)];
      box(channel, 0, 1, colours.line);
      box(channel, 0, Math.min(level, yellow), colours.ok);
      if (level > yellow) box(channel, yellow, Math.min(level, red), colours.warn);
      if (level > red) box(channel, red, level, colours.danger);
      if (hold > 0) box(channel, Math.max(0, hold - 1.5 / along), hold, colours.text);
      if (state.hasClipped) box(channel, 1 - 3 / along, 1, colours.danger);
    });
  };
}

export function Meter({ label, read, isStanding = false, className = '' }: MeterProps): React.JSX.Element {
  const painter = useMemo(() => new MeterPainter(read, isStanding), [read, isStanding]);
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let saidMs = 0;
    return onFrame((nowMs) => {
      if (nowMs - saidMs < 250 || !element.current) return undefined;
      saidMs = nowMs;
      element.current.setAttribute('aria-valuenow', painter.loudestDb.toFixed(1));
      element.current.setAttribute(
        'aria-valuetext',
        `${db(painter.loudestDb)}${painter.hasClipped ? ', clipped' : ''}`,
      );
      return undefined;
    });
  }, [painter]);
  return (
    <div
      ref={element}
      className={`meter ${className}`}
      role="meter"
      aria-label={label}
      aria-valuemin={FLOOR_DB}
      aria-valuemax={0}
      aria-valuenow={FLOOR_DB}
      onClick={() => painter.clear()}
    >
      <Canvas painter={painter} />
    </div>
  );
}
