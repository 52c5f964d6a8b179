/** The parts of Electron that the shell uses, as a type: a test hands in a stand-in with the same parts. */
import type * as Electron from 'electron';

export type ElectronParts = Pick<typeof Electron, 'app' | 'BrowserWindow' | 'Menu' | 'dialog' | 'ipcMain' | 'nativeTheme' | 'protocol' | 'session' | 'shell'>;

/** The one origin that the windows load. */
export const SCHEME = 'kinetone';
export const ORIGIN = `${SCHEME}://app`;
