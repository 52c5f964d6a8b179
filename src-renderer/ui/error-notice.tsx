/**
 * An error beside what caused it: what happened, to which file and why, what to do now; technical details collapsed and
 * copyable.
 */
import { ChevronRight, Copy, TriangleAlert } from 'lucide-react';
import { useState } from 'react';

import type { AppError } from '../../src-main/contract/errors.ts';
import { en } from '../../src-main/contract/text/en.ts';
import { Button } from './button.tsx';
import './error-notice.css';

interface ErrorNoticeProps {
  readonly error: Pick<AppError, 'code' | 'message' | 'hint' | 'details'>;
  /** What the error is about, when its message does not say. */
  readonly title?: string | undefined;
  readonly jobId?: string | undefined;
  /** Buttons: what to do now. */
  readonly children?: React.ReactNode;
}

export function detailsOf(error: ErrorNoticeProps['error'], jobId?: string): string {
  const lines = [`code: ${error.code}`, `message: ${error.message}`];
  if (jobId) lines.push(`job: ${jobId}`);
  if (error.details !== undefined) lines.push(`details: ${JSON.stringify(error.details, null, 2)}`);
  return lines.join('\n');
}

export function ErrorNotice({ error, title, jobId, children }: ErrorNoticeProps): React.JSX.Element {
  const details = detailsOf(error, jobId);
  const [isCopied, setCopied] = useState(false);
  const copy = (): void => {
    navigator.clipboard.writeText(details).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="error-notice" role="alert">
      <TriangleAlert size={16} aria-hidden="true" />
      <div className="error-words">
        <p className="error-what selectable">{title ?? error.message}</p>
        {title ? <p className="error-why selectable">{error.message}</p> : null}
        {error.hint ? <p className="error-hint selectable">{error.hint}</p> : null}
        {children ? <div className="error-actions">{children}</div> : null}
        <details>
          <summary>
            <ChevronRight size={14} aria-hidden="true" />
            {en.frame.details}
          </summary>
          <pre className="figures selectable">{details}</pre>
          <Button tone="quiet" icon={Copy} onClick={copy}>
            {isCopied ? en.frame.copied : en.frame.copyDetails}
          </Button>
        </details>
      </div>
    </div>
  );
}
