/** A word or number written every frame, outside React's render; its width stays. */
import { useEffect, useRef } from 'react';

import { onFrame } from './animation.ts';
import './readout.css';

interface ReadoutProps {
  readonly label: string;
  readonly read: () => string;
  /** What it means, as a tooltip. */
  readonly title?: string;
  readonly className?: string;
}

export function Readout({ label, read, title, className = '' }: ReadoutProps): React.JSX.Element {
  const value = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown: string | null = null;
    return onFrame(() => {
      const text = read();
      if (text !== shown && value.current) {
        shown = text;
        value.current.textContent = text;
      }
      return undefined;
    });
  }, [read]);
  return (
    <span className={`readout ${className}`} role="group" aria-label={label} title={title ?? label}>
      <span className="readout-label" aria-hidden="true">
        {label}
      </span>
      <span ref={value} className="figures" />
    </span>
  );
}
