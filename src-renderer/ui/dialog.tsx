/**
 * A modal dialog: focus stays inside, Escape closes this and nothing beneath. Its backdrop is our own: the library's
 * would put a style element into the page, which the content security policy refuses.
 */
import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { useRef } from 'react';

import { en } from '../../src-main/contract/text/en.ts';
import { IconButton } from './button.tsx';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: React.ReactNode;
  /** Buttons at the bottom, the main one last. */
  readonly actions?: React.ReactNode;
  readonly width?: 'small' | 'medium' | 'large';
  /** The title is only for screen readers. */
  readonly isBare?: boolean;
}

export function Dialog({
  title,
  onClose,
  children,
  actions,
  width = 'small',
  isBare = false,
}: DialogProps): React.JSX.Element {
  const content = useRef<HTMLDivElement>(null);
  return (
    <Radix.Root open onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <Radix.Portal>
        <div className="dialog-backdrop" data-modal>
          <Radix.Content
            ref={content}
            tabIndex={-1}
            onOpenAutoFocus={(event) => {
              // Onto the dialog itself, not its close button, where nothing inside has asked for the focus.
              event.preventDefault();
              content.current?.focus();
            }}
            className={`dialog dialog-${width} ${isBare ? 'dialog-bare' : ''}`}
            aria-describedby={undefined}
          >
            {isBare ? (
              <Radix.Title className="visually-hidden">{title}</Radix.Title>
            ) : (
              <header className="dialog-head">
                <Radix.Title className="dialog-title">{title}</Radix.Title>
                <IconButton label={en.frame.close} chord="Escape" icon={X} onClick={onClose} />
              </header>
            )}
            <div className="dialog-body">{children}</div>
            {actions ? <footer className="dialog-actions">{actions}</footer> : null}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}
