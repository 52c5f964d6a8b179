/** Buttons of the detail pane. */
import { Trash2 } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import type { CommandId } from '../../model/command-table.ts';
import type { Entry } from '../../model/library-entries.ts';
import { commands, useChord } from '../../stores/command-store.ts';
import { Button } from '../../ui/button.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { removeEntries } from './entry-actions.ts';

interface CommandActionProps {
  readonly command: CommandId;
  readonly icon: LucideIcon;
  readonly label?: string;
  readonly isDisabled?: boolean;
}

/** A button with words that runs a command; its key is in the tooltip. */
export function CommandAction({ command, icon, label, isDisabled = false }: CommandActionProps): React.JSX.Element {
  const chord = useChord(command);
  const name = label ?? en.command.label[command];
  return (
    <Tooltip text={en.command.label[command]} chord={chord}>
      <Button icon={icon} disabled={isDisabled} onClick={() => commands.run(command)}>
        {name}
      </Button>
    </Tooltip>
  );
}

export function RemoveButton({ entries }: { readonly entries: readonly Entry[] }): React.JSX.Element {
  return (
    <Button tone="danger" icon={Trash2} onClick={() => removeEntries(entries)}>
      {en.library.item.remove}
    </Button>
  );
}
