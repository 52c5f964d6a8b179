// Makes a fresh clone usable: system packages, npm packages, the native part, the studio. Runs on Node 20, needs
// nothing installed, does nothing twice. `npm run setup -- --yes` lets it run apt without asking.
import { pathToFileURL } from 'node:url';

import { tryElectron } from './setup/electron.mjs';
import { SetUpError, say } from './setup/say.mjs';
import { buildNative, buildStudio, installDependencies } from './setup/steps.mjs';
import { ensureSystemPackages } from './setup/system-packages.mjs';

/** @param purposes which system packages: 'studio', 'tests', 'bench' */
export async function setUp({ purposes = ['studio'], yes = false } = {}) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new SetUpError(`Kinetone's set-up needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  await installDependencies();
  await tryElectron();
  await ensureSystemPackages(purposes, { yes });
  await buildNative();
  await buildStudio();
}

/** Runs `work`; what a person can act on is printed as a sentence, exit code 1. */
export async function orExplain(work) {
  try {
    await work();
  } catch (error) {
    say(error instanceof SetUpError ? error.message : (error?.stack ?? String(error)));
    process.exitCode = 1;
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await orExplain(async () => {
    await setUp({ yes: process.argv.includes('--yes') });
    say('Everything is in place. npm start opens the studio.');
  });
}
