// Electron's binary is fetched by its own installer where the network allows; asked once a day, never insisted on.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { projectNode, run } from './run.mjs';
import { say } from './say.mjs';
import { hashOf, isDone, markDone, repository } from './stamps.mjs';

const folder = join(repository, 'node_modules', 'electron');

/** Path of Electron's binary, or null. Reads files only: requiring the package would start a download. */
export function electronBinary() {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(binary) ? binary : null;
}

export const hasElectron = () => electronBinary() !== null;

export async function tryElectron() {
  if (hasElectron() || !existsSync(folder)) return;
  // Asked again on another day: a network that was away may be back.
  const hash = hashOf(['node_modules/electron/package.json'], [new Date().toISOString().slice(0, 10)]);
  if (isDone('electron-asked', hash)) return;
  const code = await run(projectNode(), [join(folder, 'install.js')], { allowFailure: true });
  markDone('electron-asked', hash);
  say(code === 0 && hasElectron() ? 'Electron is here: the studio opens in its own window.' : 'Electron cannot be had here: the studio opens in an installed browser.');
}
