/** The rail of workspaces; those that are not built say so and stay reachable, so that their page can explain. */
import { AudioWaveform, Clapperboard, Drum, Grid3x3, House, Settings, TextCursorInput } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { commands, useChord } from '../../stores/command-store.ts';
import type { CommandId } from '../../model/command-table.ts';
import { useShell } from '../../stores/shell-store.ts';
import type { Workspace } from '../../stores/shell-store.ts';
import { Tooltip } from '../../ui/tooltip.tsx';
import './rail.css';

interface RailEntry {
  readonly id: Workspace;
  readonly label: string;
  readonly short: string;
  readonly icon: LucideIcon;
  readonly command?: CommandId;
  readonly isBuilt: boolean;
}

const name = en.frame.workspace;
const ENTRIES: readonly RailEntry[] = [
  { id: 'start', label: name.start, short: name.start, icon: House, command: 'go.start', isBuilt: true },
  { id: 'sonify', label: name.sonify, short: name.sonify, icon: AudioWaveform, command: 'go.sonify', isBuilt: true },
  { id: 'choreography', label: name.choreography, short: en.frame.short.choreography, icon: Drum, command: 'go.choreography', isBuilt: true },
  {
    id: 'music-video',
    label: name['music-video'],
    short: en.frame.short['music-video'],
    icon: Clapperboard,
    isBuilt: false,
  },
  {
    id: 'text-to-video',
    label: name['text-to-video'],
    short: en.frame.short['text-to-video'],
    icon: TextCursorInput,
    isBuilt: false,
  },
  { id: 'library', label: name.library, short: name.library, icon: Grid3x3, command: 'go.library', isBuilt: true },
];

export function Rail(): React.JSX.Element {
  return (
    <nav className="rail" aria-label={en.frame.rail}>
      {ENTRIES.map((entry) => (
        <RailButton key={entry.id} entry={entry} />
      ))}
      <span className="rail-gap" />
      <SettingsButton />
    </nav>
  );
}

function RailButton({ entry }: { readonly entry: RailEntry }): React.JSX.Element {
  const isHere = useShell((state) => state.workspace === entry.id);
  const go = useShell((state) => state.go);
  const chord = useChord(entry.command);
  const Icon = entry.icon;
  const label = entry.isBuilt ? entry.label : `${entry.label}: ${en.frame.notBuilt.toLocaleLowerCase()}`;
  return (
    <Tooltip text={label} chord={chord} side="right">
      <button
        type="button"
        className={`rail-button ${entry.isBuilt ? '' : 'rail-unbuilt'}`}
        aria-label={label}
        aria-current={isHere ? 'page' : undefined}
        onClick={() => go(entry.id)}
      >
        <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
        <span>{entry.short}</span>
      </button>
    </Tooltip>
  );
}

function SettingsButton(): React.JSX.Element {
  const chord = useChord('settings.open');
  return (
    <Tooltip text={name.settings} chord={chord} side="right">
      <button
        type="button"
        className="rail-button"
        aria-label={name.settings}
        onClick={() => commands.run('settings.open')}
      >
        <Settings size={18} strokeWidth={1.75} aria-hidden="true" />
        <span>{name.settings}</span>
      </button>
    </Tooltip>
  );
}
