// npm start: sets up what is missing and opens the studio: in Electron where its binary is, else in an installed
// browser as an app window, else (or with --headless) by printing the address.
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { electronBinary } from './setup/electron.mjs';
import { projectNode } from './setup/run.mjs';
import { repository } from './setup/stamps.mjs';
import { orExplain, setUp } from './setup.mjs';

const args = process.argv.slice(2);

function open() {
  const electron = args.includes('--headless') ? null : electronBinary();
  const [program, programArgs] = electron
    ? [electron, [repository, ...args]]
    : [projectNode(), [join(repository, 'out/main/cli.js'), 'studio', ...args.filter((arg) => arg !== '--yes')]];
  const child = spawn(program, programArgs, { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('close', (code) => process.exit(code ?? 1));
}

await orExplain(async () => {
  await setUp({ yes: args.includes('--yes') });
  open();
});
