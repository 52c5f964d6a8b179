/** The main process's side of the shell's calls; a message from any other frame than our page is refused. */
import type { IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';

import type { MenuModel, ShellCalls } from '../../contract/shell-bridge.ts';
import { type ElectronParts, ORIGIN } from './parts.ts';

const MenuSchema = z.array(
  z.object({
    label: z.string().max(60),
    items: z.array(
      z.union([z.literal('separator'), z.object({ id: z.string().max(80), label: z.string().max(120), accelerator: z.string().max(60).nullable(), isEnabled: z.boolean() })]),
    ),
  }),
);

export interface CallHandlers {
  setMenu(model: MenuModel): void;
  /** Whether the path is of an artifact: only those are revealed. */
  mayReveal(path: string): boolean;
}

function isOurPage(event: IpcMainInvokeEvent): boolean {
  return event.senderFrame !== null && event.senderFrame.url.startsWith(`${ORIGIN}/`) && event.senderFrame.parent === null;
}

/** Registers every call of ShellCalls; input is validated here, once. */
export function answerCalls({ ipcMain, dialog, shell }: Pick<ElectronParts, 'ipcMain' | 'dialog' | 'shell'>, handlers: CallHandlers): void {
  const answer = <Name extends keyof ShellCalls, Input>(name: Name, input: z.ZodType<Input>, work: (value: Input) => ReturnType<ShellCalls[Name]>): void => {
    ipcMain.handle(name, (event, value: unknown) => {
      if (!isOurPage(event)) throw new Error('The call did not come from the studio’s page.');
      return work(input.parse(value));
    });
  };
  answer('shell:pick-files', z.object({ isFolder: z.boolean() }), async ({ isFolder }) => {
    const picked = await dialog.showOpenDialog({ properties: isFolder ? ['openDirectory', 'multiSelections'] : ['openFile', 'multiSelections'] });
    return picked.canceled ? [] : picked.filePaths;
  });
  answer('shell:pick-save', z.object({ name: z.string().max(255) }), async ({ name }) => {
    const picked = await dialog.showSaveDialog({ defaultPath: name });
    return picked.canceled || picked.filePath === '' ? null : picked.filePath;
  });
  answer('shell:reveal', z.string().max(4096), (path) => {
    if (handlers.mayReveal(path)) shell.showItemInFolder(path);
    return Promise.resolve();
  });
  answer('shell:set-menu', MenuSchema, (model) => {
    handlers.setMenu(model);
    return Promise.resolve();
  });
}
