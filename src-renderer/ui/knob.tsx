/**
 * A knob: a ring shows the set value, an inner arc what the mapping makes of it now. Drag, Shift fine, wheel, arrows;
 * double-click resets; the number is typed with its unit.
 */
import { useEffect, useRef } from 'react';

import type { Unit } from '../../src-main/contract/documents/parameters.ts';
import { withUnit } from '../model/format.ts';
import { positionOf, tidy, valueAt } from '../model/parameter-scale.ts';
import type { Scale } from '../model/parameter-scale.ts';
import { onFrame } from './animation.ts';
import { TypedValue } from './typed-value.tsx';
import { useValueDrag } from './value-drag.ts';
import './knob.css';

interface KnobProps {
  readonly label: string;
  readonly value: number;
  readonly scale: Scale;
  readonly unit: Unit;
  readonly resetTo: number;
  readonly onChange: (value: number) => void;
  /** What the mapping makes of it now, in the unit; null while nothing does. */
  readonly live?: () => number | null;
  readonly isDriven?: boolean;
  readonly note?: string | undefined;
  /** Name for MIDI bindings. */
  readonly midi?: string;
}

const START_DEG = 135;
const SWEEP_DEG = 270;

function arc(radius: number, from: number, to: number): string {
  const [low, high] = from <= to ? [from, to] : [to, from];
  const at = (position: number): string => {
    const angle = ((START_DEG + SWEEP_DEG * position) * Math.PI) / 180;
    return `${(20 + radius * Math.cos(angle)).toFixed(2)} ${(20 + radius * Math.sin(angle)).toFixed(2)}`;
  };
  return `M ${at(low)} A ${radius} ${radius} 0 ${(high - low) * SWEEP_DEG > 180 ? 1 : 0} 1 ${at(high)}`;
}

export function Knob({
  label,
  value,
  scale,
  unit,
  resetTo,
  onChange,
  live,
  isDriven = false,
  note,
  midi,
}: KnobProps): React.JSX.Element {
  const position = positionOf(value, scale);
  const origin = scale.min < 0 ? positionOf(0, scale) : 0;
  const { ref, ...hand } = useValueDrag({ position, onMove: (to) => onChange(tidy(valueAt(to, scale), scale)) });
  const inner = useRef<SVGPathElement>(null);
  useEffect(() => {
    if (!live) return undefined;
    return onFrame(() => {
      const now = live();
      inner.current?.setAttribute('d', now === null ? '' : arc(11.5, origin, positionOf(now, scale)));
      return undefined;
    });
  }, [live, origin, scale]);
  const needle = ((START_DEG + SWEEP_DEG * position) * Math.PI) / 180;
  return (
    <div className={`knob ${isDriven ? 'knob-driven' : ''}`} title={note}>
      <div
        ref={ref}
        className="knob-dial"
        role="slider"
        data-midi={midi}
        tabIndex={0}
        aria-label={label}
        aria-valuemin={scale.min}
        aria-valuemax={scale.max}
        aria-valuenow={value}
        aria-valuetext={withUnit(value, unit)}
        onDoubleClick={() => onChange(resetTo)}
        {...hand}
      >
        <svg viewBox="0 0 40 40" aria-hidden="true">
          <path className="knob-track" d={arc(16.5, 0, 1)} />
          <path className="knob-value" d={arc(16.5, origin, position)} />
          <path ref={inner} className="knob-live" d="" />
          <line
            className="knob-needle"
            x1={20 + 4 * Math.cos(needle)}
            y1={20 + 4 * Math.sin(needle)}
            x2={20 + 10 * Math.cos(needle)}
            y2={20 + 10 * Math.sin(needle)}
          />
        </svg>
      </div>
      <TypedValue label={label} value={value} scale={scale} unit={unit} onChange={onChange} />
      <span className="knob-label">{label}</span>
    </div>
  );
}
