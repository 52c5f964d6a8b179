/** The bridge into the page: native dialogs, real paths of dropped files, menu events. Nothing else crosses. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';

import type { KinetoneBridge, ShellCalls } from '../../contract/shell-bridge.ts';

function call<Name extends keyof ShellCalls>(name: Name): ShellCalls[Name] {
  return ((...args: unknown[]) => ipcRenderer.invoke(name, ...args)) as ShellCalls[Name];
}

const bridge: KinetoneBridge = {
  pickFiles: call('shell:pick-files'),
  pickSave: call('shell:pick-save'),
  reveal: call('shell:reveal'),
  setMenu: call('shell:set-menu'),
  pathOf: (file) => webUtils.getPathForFile(file),
  onMenuChosen(listener) {
    const forward = (_event: unknown, id: string): void => listener(id);
    ipcRenderer.on('shell:menu-chosen', forward);
    return () => ipcRenderer.removeListener('shell:menu-chosen', forward);
  },
};

contextBridge.exposeInMainWorld('kinetone', bridge);
