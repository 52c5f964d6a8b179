/** A sheet beside the work, not over it: the rest stays usable; Escape closes it when nothing is above. */
import { X } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';

import { en } from '../../src-main/contract/text/en.ts';
import { IconButton } from './button.tsx';
import './sheet.css';

interface SheetProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
  readonly actions?: React.ReactNode;
  readonly footer?: React.ReactNode;
}

export function Sheet({ title, onClose, children, actions, footer }: SheetProps): React.JSX.Element {
  const id = useId();
  const ref = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    ref.current?.focus();
    return () => {
      if (before instanceof HTMLElement && document.contains(before)) before.focus();
    };
  }, []);
  const closeOnEscape = (event: React.KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.shiftKey || event.defaultPrevented) return;
    event.preventDefault();
    onClose();
  };
  return (
    <aside ref={ref} className="sheet" role="dialog" aria-labelledby={id} tabIndex={-1} onKeyDown={closeOnEscape}>
      <header className="sheet-head">
        <h2 id={id} className="sheet-title">
          {title}
        </h2>
        {actions}
        <IconButton label={en.frame.close} chord="Escape" icon={X} onClick={onClose} />
      </header>
      <div className="sheet-body">{children}</div>
      {footer ? <footer className="sheet-foot">{footer}</footer> : null}
    </aside>
  );
}
