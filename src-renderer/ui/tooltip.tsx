/** A tooltip after 400 ms with the name of a control and its key. */
import { Tooltip as Radix } from 'radix-ui';

import { KeyCaps } from './key-caps.tsx';
import './tooltip.css';

export function TooltipProvider({ children }: { readonly children: React.ReactNode }): React.JSX.Element {
  return (
    <Radix.Provider delayDuration={400} skipDelayDuration={200}>
      {children}
    </Radix.Provider>
  );
}

interface TooltipProps {
  readonly text: string;
  readonly chord?: string | null;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  readonly children: React.ReactElement;
}

export function Tooltip({ text, chord, side = 'bottom', children }: TooltipProps): React.JSX.Element {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="tooltip" side={side} sideOffset={6} collisionPadding={8}>
          <span>{text}</span>
          {chord ? <KeyCaps chord={chord} /> : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
