/** Entry of the packaged program: with a subcommand it answers without a window, else it opens the studio. */
import * as electron from 'electron';

import { type AppOptions, openApp } from '../../app.ts';
import { CLI_COMMANDS, runCommandLine } from '../cli/run.ts';
import { services } from '../cli/services.ts';
import { runStudio } from './studio.ts';
import { utilityHost } from './utility-host.ts';

/** The words of the user: Electron's own arguments and, in a checkout, the folder are not among them. */
const words = process.argv.slice(electron.app.isPackaged ? 1 : 2).filter((word) => !word.startsWith('--inspect') && word !== '--no-sandbox');
const command = words[0] ?? '';
const open = (options: AppOptions): ReturnType<typeof openApp> => openApp({ ...options, startHost: (entry) => utilityHost(electron.utilityProcess, entry) });

if (command in CLI_COMMANDS || command in services || command === '--help' || command === '--version') {
  electron.app.dock?.hide();
  // Host processes of Electron can be started only once the app is ready; no window is opened.
  void electron.app.whenReady().then(async () => electron.app.exit(await runCommandLine(words, CLI_COMMANDS, open)));
} else {
  const at = words.indexOf('--data-dir');
  runStudio(electron, {
    folder: import.meta.dirname,
    platform: process.platform,
    openApp: async () => {
      const app = await open({ dataDir: at < 0 ? undefined : words[at + 1], role: 'studio' });
      return {
        fetch: (request) => app.fetch(request, 'electron'),
        close: () => app.close(),
        isArtifactPath: (path) => app.isArtifactPath(path),
      };
    },
  });
}
