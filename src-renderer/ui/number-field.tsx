/** A number with its label: drag the label, arrows step, typing takes units. Values outside the range are brought in. */
import { useState } from 'react';

import './number-field.css';
import { useValueDrag } from './value-drag.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly format: (value: number) => string;
  readonly parse: (text: string) => number | null;
  readonly onChange: (value: number) => void;
  /** Full name for screen readers, when the label alone is short. */
  readonly name?: string;
  /** Where a position of the drag stands; linear when absent. */
  readonly toPosition?: (value: number) => number;
  readonly toValue?: (position: number) => number;
}

export function NumberField({
  label,
  value,
  min,
  max,
  step,
  format,
  parse,
  onChange,
  name,
  toPosition,
  toValue,
}: NumberFieldProps): React.JSX.Element {
  const [text, setText] = useState<string | null>(null);
  const rounded = (raw: number): number =>
    Math.min(max, Math.max(min, Number((Math.round(raw / step) * step).toPrecision(10))));
  const position = toPosition ? toPosition(value) : (value - min) / (max - min);
  const { ref, onPointerDown } = useValueDrag({
    position,
    axis: 'both',
    travelPx: 240,
    step: Math.max(0.005, step / (max - min)),
    onMove: (to) => onChange(rounded(toValue ? toValue(to) : min + to * (max - min))),
  });
  const take = (): void => {
    const typed = text === null ? null : parse(text);
    if (typed !== null) onChange(Math.min(max, Math.max(min, typed)));
    setText(null);
  };
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>): void => {
    const by = { ArrowUp: step, ArrowDown: -step, PageUp: step * 10, PageDown: -step * 10 }[event.key];
    if (by !== undefined) {
      setText(null);
      onChange(rounded(value + by * (event.shiftKey ? 10 : 1)));
    } else if (event.key === 'Enter') take();
    else if (event.key === 'Escape' && text !== null) setText(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <label className="number-field">
      <span ref={ref} className="number-label" onPointerDown={onPointerDown}>
        {label}
      </span>
      <input
        className="figures"
        inputMode="decimal"
        role="spinbutton"
        aria-label={name ?? label}
        aria-valuemin={min}
        aria-valuemax={max}
        aria-valuenow={value}
        aria-valuetext={format(value)}
        value={text ?? format(value)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
    </label>
  );
}
