/** The desktop shell's menu, made from the same table as everything else; sent when handlers or keys change. */
import { useEffect } from 'react';

import type { MenuItemModel, MenuModel } from '../../../src-main/contract/shell-bridge.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { shellBridge } from '../../api/shell-bridge.ts';
import { commandIds, commandTable, labelOf } from '../../model/command-table.ts';
import type { CommandId, MenuId } from '../../model/command-table.ts';
import { chordsOf } from '../../model/key-bindings.ts';
import type { UserKeys } from '../../model/key-bindings.ts';
import { commands } from '../../stores/command-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { useSettings } from '../../stores/settings-store.ts';

const MENUS = Object.keys(en.command.menu) as MenuId[];

/** Electron's spelling of a chord; single letters are left to the page, which knows when something is typed. */
function acceleratorOf(chord: string | undefined): string | null {
  if (!chord || !/Ctrl|Alt|^F\d/.test(chord)) return null;
  return chord.replace('Ctrl', 'CommandOrControl').replace('Arrow', '');
}

function item(id: CommandId, keys: UserKeys): MenuItemModel {
  return { id, label: labelOf(id), accelerator: acceleratorOf(chordsOf(id, keys)[0]), isEnabled: commands.canRun(id) };
}

export function menuModel(keys: UserKeys): MenuModel {
  return MENUS.map((menu) => ({
    label: en.command.menu[menu],
    items: commandIds.filter((id) => commandTable[id].menu === menu).map((id) => item(id, keys)),
  }));
}

export function useShellMenu(): void {
  useEffect(() => {
    const bridge = shellBridge();
    if (!bridge) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const send = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        bridge.setMenu(menuModel(useSettings.getState().settings.keys)).catch(() => undefined);
      }, 100);
    };
    const stops = [
      commands.subscribe(send),
      useSettings.subscribe(send),
      useProject.subscribe(send),
      bridge.onMenuChosen((id) => commands.run(id as CommandId)),
    ];
    send();
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, []);
}
