/** The stack of toasts in a corner; an announcement region says the same to screen readers. */
import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useState } from 'react';

import { en } from '../../src-main/contract/text/en.ts';
import { useToasts } from '../stores/toast-store.ts';
import type { Toast } from '../stores/toast-store.ts';
import { Button, IconButton } from './button.tsx';
import { detailsOf } from './error-notice.tsx';
import './toasts.css';

const ICONS = { info: Info, ok: CircleCheck, error: TriangleAlert };

export function Toasts(): React.JSX.Element {
  const toasts = useToasts((state) => state.toasts);
  return (
    <ol className="toasts" aria-live="polite" aria-relevant="additions">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </ol>
  );
}

function ToastCard({ toast }: { readonly toast: Toast }): React.JSX.Element {
  const dismiss = useToasts((state) => state.dismiss);
  const [isHeld, setHeld] = useState(false);
  const { id, forMs } = toast;
  useEffect(() => {
    if (forMs === null || isHeld) return undefined;
    const timer = setTimeout(() => dismiss(id), forMs);
    return () => clearTimeout(timer);
  }, [id, forMs, isHeld, dismiss]);
  const Icon = ICONS[toast.tone];
  return (
    <li
      className={`toast toast-${toast.tone}`}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <Icon size={16} aria-hidden="true" />
      <div className="toast-words selectable">
        <p>{toast.text}</p>
        {toast.error && toast.error.message !== toast.text ? <p className="toast-line">{toast.error.message}</p> : null}
        {toast.error?.hint ? <p className="toast-line">{toast.error.hint}</p> : null}
        <ToastActions toast={toast} />
      </div>
      <IconButton
        label={en.frame.dismiss}
        icon={X}
        className="icon-button-small"
        side="left"
        onClick={() => dismiss(id)}
      />
    </li>
  );
}

function ToastActions({ toast }: { readonly toast: Toast }): React.JSX.Element | null {
  const dismiss = useToasts((state) => state.dismiss);
  const { error } = toast;
  if (toast.actions.length === 0 && !error) return null;
  return (
    <div className="toast-actions">
      {toast.actions.map((action) => (
        <Button
          key={action.label}
          onClick={() => {
            dismiss(toast.id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      ))}
      {error ? (
        <Button
          tone="quiet"
          onClick={() => void navigator.clipboard.writeText(detailsOf(error)).catch(() => undefined)}
        >
          {en.frame.copyDetails}
        </Button>
      ) : null}
    </div>
  );
}
