/** The application menu, made from the page's command registry plus the roles the system expects. */
import type { MenuItemConstructorOptions } from 'electron';

import type { MenuModel } from '../../contract/shell-bridge.ts';

/** @param choose  called with the command's id when its entry is chosen. */
export function menuTemplate(model: MenuModel, choose: (id: string) => void, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const menus = model.map(({ label, items }): MenuItemConstructorOptions => ({
    label,
    submenu: items.map((item): MenuItemConstructorOptions =>
      item === 'separator'
        ? { type: 'separator' }
        : {
            id: item.id,
            label: item.label,
            enabled: item.isEnabled,
            // The page handles its own keys; the accelerator is shown, not registered, so that typing in a field stays typing.
            ...(item.accelerator === null ? {} : { accelerator: item.accelerator, registerAccelerator: false }),
            click: () => choose(item.id),
          },
    ),
  }));
  return platform === 'darwin' ? [{ role: 'appMenu' }, ...menus, { role: 'windowMenu' }] : menus;
}
