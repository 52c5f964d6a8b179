/** One line of text with its label. */
import { useId } from 'react';

import './text-field.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: () => void;
  readonly onBlur?: () => void;
  readonly placeholder?: string;
  readonly maxLength?: number;
  readonly isFocused?: boolean;
  /** The label is only for screen readers, and shown as a placeholder. */
  readonly isBare?: boolean;
  readonly type?: 'text' | 'search';
}

export function TextField({
  label,
  value,
  onChange,
  onEnter,
  onBlur,
  placeholder,
  maxLength,
  isFocused = false,
  isBare = false,
  type = 'text',
}: TextFieldProps): React.JSX.Element {
  const id = useId();
  return (
    <div className="text-field">
      <label htmlFor={id} className={isBare ? 'visually-hidden' : ''}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        value={value}
        placeholder={placeholder ?? (isBare ? label : undefined)}
        maxLength={maxLength}
        autoFocus={isFocused}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => (isFocused ? event.target.select() : undefined)}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !onEnter) return;
          event.preventDefault();
          onEnter();
        }}
      />
    </div>
  );
}
