// npm start: sets up what is missing and opens the studio: in Electron where its binary is, else in an installed
// browser as an app window, else (or with --headless) by printing the address.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { electronBinary } from './setup/electron.mjs';
import { projectNode } from './setup/run.mjs';
import { say } from './setup/say.mjs';
import { repository } from './setup/stamps.mjs';
import { orExplain, setUp } from './setup.mjs';

const args = process.argv.slice(2);

/** Electron needs a screen; without one the browser door prints its address. */
function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Shorter than this an Electron that fails never showed a window. */
const NO_WINDOW_MS = 5000;

function open(electron) {
  const words = args.filter((arg) => arg !== '--yes');
  // Chromium refuses its sandbox to root.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const [program, programArgs] = electron
    ? [electron, [...root, repository, ...words]]
    : [projectNode(), [join(repository, 'out/main/cli.js'), 'studio', ...words]];
  const startedMs = Date.now();
  const child = spawn(program, programArgs, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (code) => {
    if (electron && code !== 0 && Date.now() - startedMs < NO_WINDOW_MS) {
      say('Electron does not start here: the studio opens in an installed browser.');
      open(null);
    } else process.exit(code ?? 1);
  });
}

await orExplain(async () => {
  await setUp({ yes: args.includes('--yes') });
  open(args.includes('--headless') || !hasScreen() ? null : electronBinary());
});
