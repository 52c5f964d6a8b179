/** The project menu: what can be done with the open project, and the way to others. */
import { FilePlus2, FolderOpen, History, Pencil, Trash2 } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import type { CommandId } from '../../model/command-table.ts';
import { chordsOf } from '../../model/key-bindings.ts';
import { commands } from '../../stores/command-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import type { MenuGroups } from '../../ui/menu.tsx';

export function useProjectMenu(): MenuGroups {
  const keys = useSettings((state) => state.settings.keys);
  const chord = (id: CommandId): string | null => chordsOf(id, keys)[0] ?? null;
  const run = (id: CommandId) => (): void => {
    commands.run(id);
  };
  return [
    [
      { label: en.project.new, icon: FilePlus2, chord: chord('project.new'), run: run('project.new') },
      { label: en.project.open, icon: FolderOpen, chord: chord('project.open'), run: run('project.open') },
    ],
    [
      { label: en.project.rename, icon: Pencil, chord: chord('project.rename'), run: run('project.rename') },
      { label: en.project.history, icon: History, chord: chord('history.open'), run: run('history.open') },
    ],
    [
      {
        label: en.project.delete,
        icon: Trash2,
        isDanger: true,
        run: () => useShell.getState().openDialog('delete-project'),
      },
    ],
  ];
}
