/** An empty place: says what would be here and offers the next step. */
import type { LucideIcon } from 'lucide-react';

import './empty-state.css';

interface EmptyStateProps {
  readonly icon: LucideIcon;
  readonly title: string;
  readonly line?: string;
  readonly children?: React.ReactNode;
}

export function EmptyState({ icon: Icon, title, line, children }: EmptyStateProps): React.JSX.Element {
  return (
    <div className="empty-state">
      <Icon size={28} strokeWidth={1.25} aria-hidden="true" />
      <h3>{title}</h3>
      {line ? <p>{line}</p> : null}
      {children ? <div className="empty-actions">{children}</div> : null}
    </div>
  );
}
