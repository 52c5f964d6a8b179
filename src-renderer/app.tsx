/** The frame around every workspace, and what is shown until the program has answered. */
import { useEffect, useState } from 'react';

import { toAppError } from '../src-main/contract/errors.ts';
import type { AppError } from '../src-main/contract/errors.ts';
import { BootScreen } from './features/frame/boot-screen.tsx';
import { CrashBoundary } from './features/frame/crash-boundary.tsx';
import { Frame } from './features/frame/frame.tsx';
import { boot } from './stores/sync.ts';
import { watchSystemTheme } from './stores/settings-store.ts';
import { TooltipHost } from './ui/tooltip.tsx';

export function App(): React.JSX.Element {
  const [state, setState] = useState<'booting' | 'ready' | AppError>('booting');
  useEffect(() => {
    watchSystemTheme();
    boot().then(
      () => setState('ready'),
      (error: unknown) => setState(toAppError(error)),
    );
  }, []);
  return (
    <CrashBoundary>
      {state === 'ready' ? <Frame /> : <BootScreen error={state === 'booting' ? null : state} />}
      <TooltipHost />
    </CrashBoundary>
  );
}
