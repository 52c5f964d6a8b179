/** A value as text that turns into a field when clicked, typed with its unit. Enter takes it, Escape leaves it. */
import { useState } from 'react';

import type { Unit } from '../../src-main/contract/documents/parameters.ts';
import { parseWithUnit, withUnit } from '../model/format.ts';
import type { Scale } from '../model/parameter-scale.ts';
import './typed-value.css';

interface TypedValueProps {
  readonly label: string;
  readonly value: number;
  readonly scale: Scale;
  readonly unit: Unit;
  readonly onChange: (value: number) => void;
}

export function TypedValue({ label, value, scale, unit, onChange }: TypedValueProps): React.JSX.Element {
  const [text, setText] = useState<string | null>(null);
  const take = (): void => {
    const typed = text === null ? null : parseWithUnit(text, unit);
    if (typed !== null) onChange(Math.min(scale.max, Math.max(scale.min, typed)));
    setText(null);
  };
  if (text === null) {
    return (
      <button
        type="button"
        className="typed-value figures"
        aria-label={`${label}: ${withUnit(value, unit)}`}
        onClick={() => setText(withUnit(value, unit))}
      >
        {withUnit(value, unit)}
      </button>
    );
  }
  return (
    <input
      className="typed-value typed-input figures"
      aria-label={label}
      value={text}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        else if (event.key === 'Escape') setText(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
