/** A thin standing bar with a live value, written every frame; a meter to screen readers. */
import { useEffect, useRef } from 'react';

import { onFrame } from '../../../ui/animation.ts';

interface LiveBarProps {
  readonly label: string;
  /** 0..1, or null while nothing is known. */
  readonly read: () => number | null;
  readonly className?: string;
}

export function LiveBar({ label, read, className = '' }: LiveBarProps): React.JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let shown: number | null | undefined;
    let saidMs = 0;
    return onFrame((nowMs) => {
      const value = read();
      const element = ref.current;
      if (!element || value === shown) return undefined;
      shown = value;
      const fill = element.firstElementChild as HTMLElement;
      fill.style.transform = `scaleY(${value === null ? 0 : Math.min(1, Math.max(0, value)).toFixed(3)})`;
      if (nowMs - saidMs > 250) {
        saidMs = nowMs;
        element.setAttribute('aria-valuenow', (value ?? 0).toFixed(2));
      }
      return undefined;
    });
  }, [read]);
  return (
    <div
      ref={ref}
      className={`live-bar ${className}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={1}
      aria-valuenow={0}
    >
      <span />
    </div>
  );
}
