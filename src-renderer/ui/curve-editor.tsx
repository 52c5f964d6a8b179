/**
 * Shaping a curve by hand: every point is a focusable element with a name. A click on the curve adds a point, a drag moves one, a double-click or Delete removes it, arrows move it.
 */
import { useRef } from 'react';

import { curveAt } from '../../src-main/contract/documents/curve.ts';
import type { Curve } from '../../src-main/contract/documents/mapping.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { asPoints, withMoved, withPoint, withoutPoint } from '../model/curve.ts';
import type { Point } from '../model/curve.ts';
import { percent } from '../model/format.ts';
import './curve-editor.css';

const SIDE = 200;
const GRID = [0.25, 0.5, 0.75].map((f) => `M ${f * SIDE} 0 V ${SIDE} M 0 ${f * SIDE} H ${SIDE}`).join(' ');

/** The curve as a path in a square of `side`. */
export function curvePath(curve: Curve, side: number, inset = 0): string {
  const size = side - 2 * inset;
  const steps = curve.kind === 'linear' ? 1 : 48;
  const xs =
    curve.kind === 'points' ? curve.points.map(([x]) => x) : Array.from({ length: steps + 1 }, (_, i) => i / steps);
  return xs
    .map(
      (x, i) =>
        `${i === 0 ? 'M' : 'L'} ${(inset + x * size).toFixed(2)} ${(inset + (1 - curveAt(curve, x)) * size).toFixed(2)}`,
    )
    .join(' ');
}

interface CurveEditorProps {
  readonly curve: Curve;
  readonly onChange: (curve: Curve) => void;
}

export function CurveEditor({ curve, onChange }: CurveEditorProps): React.JSX.Element {
  const svg = useRef<SVGSVGElement>(null);
  const points = curve.kind === 'points' ? asPoints(curve) : [];
  const set = (next: readonly Point[]): void => onChange({ kind: 'points', points: next.map(([x, y]) => [x, y]) });

  const at = (event: { clientX: number; clientY: number }): Point => {
    const box = svg.current?.getBoundingClientRect();
    if (!box) return [0, 0];
    return [(event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height];
  };
  const add = (event: React.PointerEvent): void => {
    if (event.button !== 0 || event.target !== event.currentTarget) return;
    const [x, y] = at(event);
    set(withPoint(asPoints(curve), Math.round(x * 100) / 100, Math.round(y * 100) / 100));
  };
  const drag =
    (index: number) =>
    (event: React.PointerEvent<HTMLElement>): void => {
      if (event.button !== 0) return;
      const target = event.currentTarget;
      target.setPointerCapture(event.pointerId);
      let current: readonly Point[] = points;
      const move = (moved: PointerEvent): void => {
        const [x, y] = at(moved);
        const round = moved.shiftKey ? 1000 : 100;
        current = withMoved(current, index, Math.round(x * round) / round, Math.round(y * round) / round);
        set(current);
      };
      const end = (): void => {
        target.removeEventListener('pointermove', move);
        target.removeEventListener('pointerup', end);
      };
      target.addEventListener('pointermove', move);
      target.addEventListener('pointerup', end);
    };
  const keys =
    (index: number, [x, y]: Point) =>
    (event: React.KeyboardEvent): void => {
      const by = event.shiftKey ? 0.1 : 0.01;
      const to = { ArrowLeft: [x - by, y], ArrowRight: [x + by, y], ArrowUp: [x, y + by], ArrowDown: [x, y - by] }[
        event.key
      ];
      if (to) set(withMoved(points, index, to[0] ?? x, to[1] ?? y));
      else if (event.key === 'Delete' || event.key === 'Backspace') set(withoutPoint(points, index));
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
  return (
    <div className="curve-editor">
      <div className="curve-area">
        <svg ref={svg} viewBox={`0 0 ${SIDE} ${SIDE}`} preserveAspectRatio="none" onPointerDown={add}>
          <path className="curve-grid" d={GRID} />
          <path className="curve-line" d={curvePath(curve, SIDE)} />
        </svg>
        {points.map((point, i) => (
          <button
            key={i}
            type="button"
            className="curve-point"
            style={{ left: `${point[0] * 100}%`, top: `${(1 - point[1]) * 100}%` }}
            aria-label={en.mapping.curve.point(i + 1, percent(point[0]), percent(point[1]))}
            onPointerDown={drag(i)}
            onDoubleClick={() => set(withoutPoint(points, i))}
            onKeyDown={keys(i, point)}
          />
        ))}
      </div>
      <p className="muted">{en.mapping.curve.hint}</p>
    </div>
  );
}
