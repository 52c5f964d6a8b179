/** Rail, top bar, workspace, job bar; over them sheets, dialogs, drop targets and toasts. */
import { useAnnouncement } from '../../stores/announcements.ts';
import { useShell } from '../../stores/shell-store.ts';
import type { Workspace } from '../../stores/shell-store.ts';
import { Toasts } from '../../ui/toasts.tsx';
import { ChoreographyWorkspace } from '../choreography/choreography-workspace.tsx';
import { useResultToast } from '../export/result-toast.ts';
import { Library } from '../library/library.tsx';
import { LearnBar } from '../midi/learn-bar.tsx';
import { useMidiControllers } from '../midi/use-midi.ts';
import { useLiveSession } from '../sonify/live/use-live-session.ts';
import { SonifyWorkspace } from '../sonify/sonify-workspace.tsx';
import { NotBuilt } from '../start/not-built.tsx';
import { StartScreen } from '../start/start-screen.tsx';
import { Dialogs } from './dialogs.tsx';
import { DropTarget } from './drop-target.tsx';
import { useFrameCommands } from './frame-commands.ts';
import './frame.css';
import { JobBar } from './job-bar.tsx';
import { useKeyboard } from './keyboard.ts';
import { Rail } from './rail.tsx';
import { Sheets } from './sheets.tsx';
import { TopBar } from './top-bar.tsx';
import { useShellMenu } from './shell-menu.ts';

export function Frame(): React.JSX.Element {
  const workspace = useShell((state) => state.workspace);
  const announcement = useAnnouncement((state) => state.text);
  useKeyboard();
  useFrameCommands();
  useShellMenu();
  useResultToast();
  useLiveSession();
  useMidiControllers();
  return (
    <div className="frame">
      <Rail />
      <TopBar />
      <main className="frame-main" data-workspace={workspace}>
        <WorkspaceView workspace={workspace} />
        <Sheets />
      </main>
      <JobBar />
      <DropTarget />
      <Dialogs />
      <LearnBar />
      <Toasts />
      <div className="visually-hidden" role="status" aria-live="polite">
        {announcement}
      </div>
    </div>
  );
}

function WorkspaceView({ workspace }: { readonly workspace: Workspace }): React.JSX.Element {
  switch (workspace) {
    case 'start':
      return <StartScreen />;
    case 'library':
      return <Library />;
    case 'sonify':
      return <SonifyWorkspace />;
    case 'choreography':
      return <ChoreographyWorkspace />;
    case 'music-video':
    case 'text-to-video':
      return <NotBuilt workspace={workspace} />;
  }
}
