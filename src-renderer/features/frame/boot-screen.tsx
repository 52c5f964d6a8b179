/** Until the program answers: nothing for a moment, then why it does not. */
import { RotateCw } from 'lucide-react';

import type { AppError } from '../../../src-main/contract/errors.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import './boot-screen.css';

export function BootScreen({ error }: { readonly error: AppError | null }): React.JSX.Element {
  return (
    <main className="boot-screen" aria-busy={error === null}>
      {error ? (
        <div className="boot-error">
          <ErrorNotice error={error}>
            <Button icon={RotateCw} onClick={() => location.reload()}>
              {en.frame.retry}
            </Button>
          </ErrorNotice>
        </div>
      ) : null}
    </main>
  );
}
