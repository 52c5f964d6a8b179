/** A fault of the page itself: said plainly, with details to copy; nothing is lost, every edit is in the journal. */
import { RotateCw } from 'lucide-react';
import { Component } from 'react';

import { AppError } from '../../../src-main/contract/errors.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import './boot-screen.css';

interface CrashState {
  readonly error: Error | null;
}

export class CrashBoundary extends Component<{ readonly children: React.ReactNode }, CrashState> {
  override state: CrashState = { error: null };

  static getDerivedStateFromError(error: unknown): CrashState {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): React.ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    const shown = new AppError('internal', en.frame.crash.title, {
      hint: en.frame.crash.hint,
      details: { error: error.message },
    });
    return (
      <main className="boot-screen">
        <div className="boot-error">
          <ErrorNotice error={shown}>
            <Button icon={RotateCw} onClick={() => location.reload()}>
              {en.frame.crash.reload}
            </Button>
          </ErrorNotice>
        </div>
      </main>
    );
  }
}
