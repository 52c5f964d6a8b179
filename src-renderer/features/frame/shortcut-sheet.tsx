/** All keys by menu, as they are now. */
import { en } from '../../../src-main/contract/text/en.ts';
import { commandIds, commandTable, labelOf } from '../../model/command-table.ts';
import type { MenuId } from '../../model/command-table.ts';
import { chordsOf } from '../../model/key-bindings.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { KeyCaps } from '../../ui/key-caps.tsx';
import './shortcut-sheet.css';

const MENUS = Object.keys(en.command.menu) as MenuId[];

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const keys = useSettings((state) => state.settings.keys);
  const openDialog = useShell((state) => state.openDialog);
  return (
    <Dialog
      title={en.frame.shortcuts.title}
      onClose={onClose}
      width="large"
      actions={<Button onClick={() => openDialog('settings')}>{en.frame.shortcuts.change}</Button>}
    >
      <div className="shortcuts">
        {MENUS.map((menu) => (
          <section key={menu} aria-label={en.command.menu[menu]}>
            <h3 className="section-title">{en.command.menu[menu]}</h3>
            <dl>
              {commandIds
                .filter((id) => commandTable[id].menu === menu && chordsOf(id, keys).length > 0)
                .map((id) => (
                  <div key={id}>
                    <dt>{labelOf(id)}</dt>
                    <dd>
                      {chordsOf(id, keys).map((chord) => (
                        <KeyCaps key={chord} chord={chord} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
