/** A row of exclusive choices, one of them down: the ARIA radio group. */
import type { LucideIcon } from 'lucide-react';

import './segmented.css';

export interface Segment<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon?: LucideIcon;
  readonly title?: string;
  readonly isDisabled?: boolean;
}

interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly segments: readonly Segment<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

export function Segmented<Value extends string>({
  label,
  value,
  segments,
  onChange,
  className = '',
}: SegmentedProps<Value>): React.JSX.Element {
  const onKeyDown = (event: React.KeyboardEvent<HTMLDivElement>): void => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const usable = segments.filter((segment) => !segment.isDisabled);
    const index = usable.findIndex((segment) => segment.value === value);
    const next = usable[(index + by + usable.length) % usable.length];
    if (!next) return;
    onChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`[data-value="${next.value}"]`)?.focus();
  };
  return (
    <div role="radiogroup" aria-label={label} className={`segmented ${className}`} onKeyDown={onKeyDown}>
      {segments.map(({ value: own, label: text, icon: Icon, title, isDisabled }) => (
        <button
          key={own}
          type="button"
          role="radio"
          data-value={own}
          aria-checked={own === value}
          tabIndex={own === value ? 0 : -1}
          disabled={isDisabled}
          title={title}
          onClick={() => onChange(own)}
        >
          {Icon ? <Icon size={16} aria-hidden="true" /> : null}
          {text}
        </button>
      ))}
    </div>
  );
}
