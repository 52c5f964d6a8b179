/** The one open dialog. */
import { useShell } from '../../stores/shell-store.ts';
import { DeleteProjectDialog, OpenProjectDialog, RenameDialog } from '../project/project-dialogs.tsx';
import { SettingsDialog } from '../settings/settings-dialog.tsx';
import { ChooseVideoDialog } from '../sonify/choose-video.tsx';
import { SavePresetDialog } from '../sonify/mapping/save-preset.tsx';
import { CommandPalette } from './command-palette.tsx';
import { ShortcutSheet } from './shortcut-sheet.tsx';

export function Dialogs(): React.JSX.Element | null {
  const dialog = useShell((state) => state.dialog);
  const close = useShell((state) => state.closeDialog);
  switch (dialog) {
    case null:
      return null;
    case 'palette':
      return <CommandPalette onClose={close} />;
    case 'shortcuts':
      return <ShortcutSheet onClose={close} />;
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'rename':
      return <RenameDialog onClose={close} />;
    case 'delete-project':
      return <DeleteProjectDialog onClose={close} />;
    case 'open-project':
      return <OpenProjectDialog onClose={close} />;
    case 'choose-video':
      return <ChooseVideoDialog onClose={close} />;
    case 'save-preset':
      return <SavePresetDialog onClose={close} />;
  }
}
