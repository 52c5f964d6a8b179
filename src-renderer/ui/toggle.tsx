/** A switch with its label. */
import { Switch } from 'radix-ui';
import { useId } from 'react';

import './toggle.css';

interface ToggleProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly line?: string;
  readonly isDisabled?: boolean;
  /** The label is only for screen readers. */
  readonly isBare?: boolean;
}

export function Toggle({
  label,
  isOn,
  onChange,
  line,
  isDisabled = false,
  isBare = false,
}: ToggleProps): React.JSX.Element {
  const id = useId();
  return (
    <div className="toggle-row">
      {isBare ? null : (
        <label htmlFor={id} className="toggle-label">
          {label}
          {line ? <small>{line}</small> : null}
        </label>
      )}
      <Switch.Root
        id={id}
        className="toggle"
        checked={isOn}
        onCheckedChange={onChange}
        disabled={isDisabled}
        aria-label={isBare ? label : undefined}
      >
        <Switch.Thumb className="toggle-thumb" />
      </Switch.Root>
    </div>
  );
}
