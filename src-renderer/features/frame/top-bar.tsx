/** Project menu, undo and redo, transport, output, export: one line, always in the same places. */
import { ChevronDown, Redo2, Share, Undo2 } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { commands, useChord } from '../../stores/command-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { Button, CommandButton } from '../../ui/button.tsx';
import { DropMenu } from '../../ui/menu.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { ChoreographyTransport } from '../choreography/choreography-transport.tsx';
import { useProjectMenu } from '../project/project-menu.ts';
import { LiveElsewhere } from '../sonify/live/live-elsewhere.tsx';
import { AudioBar } from '../sonify/transport/audio-bar.tsx';
import { Transport } from '../sonify/transport/transport.tsx';
import './top-bar.css';

export function TopBar(): React.JSX.Element {
  const workspace = useShell((state) => state.workspace);
  const isInProject = useProject((state) => state.project?.kind === workspace);
  const isDance = workspace === 'choreography';
  return (
    <header className="top-bar">
      <div className="top-left">
        {isInProject ? (
          <ProjectControls />
        ) : (
          <strong className="top-title">{workspace === 'start' ? en.app.name : en.frame.workspace[workspace]}</strong>
        )}
      </div>
      {isInProject ? isDance ? <ChoreographyTransport /> : <Transport /> : <span />}
      <div className="top-right">
        {isInProject ? (
          <>
            {isDance ? null : <AudioBar />}
            <ExportButton />
          </>
        ) : (
          <LiveElsewhere />
        )}
      </div>
    </header>
  );
}

function ProjectControls(): React.JSX.Element {
  const project = useProject((state) => state.project);
  const groups = useProjectMenu();
  const undoLabel = project?.undo_label ?? null;
  const redoLabel = project?.redo_label ?? null;
  return (
    <>
      <DropMenu groups={groups} label={en.project.menu}>
        <button
          type="button"
          className="project-button"
          aria-label={`${en.project.menu}: ${project?.name ?? en.project.none}`}
        >
          <span className="truncate">{project?.name ?? en.project.none}</span>
          <ChevronDown size={14} aria-hidden="true" />
        </button>
      </DropMenu>
      <CommandButton
        command="edit.undo"
        icon={Undo2}
        isDisabled={undoLabel === null}
        label={undoLabel === null ? en.frame.nothingToUndo : en.frame.undo(undoLabel)}
      />
      <CommandButton
        command="edit.redo"
        icon={Redo2}
        isDisabled={redoLabel === null}
        label={redoLabel === null ? en.frame.nothingToRedo : en.frame.redo(redoLabel)}
      />
    </>
  );
}

function ExportButton(): React.JSX.Element {
  const chord = useChord('export.open');
  return (
    <Tooltip text={en.export.title} chord={chord}>
      <Button tone="primary" icon={Share} onClick={() => commands.run('export.open')}>
        {en.frame.export}
      </Button>
    </Tooltip>
  );
}
