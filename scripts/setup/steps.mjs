// The steps that make a clone usable, each skipped when what it depends on has not changed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { projectNode, run } from './run.mjs';
import { SetUpError, say } from './say.mjs';
import { hashOf, isDone, markDone, repository } from './stamps.mjs';

const bin = (name) => join(repository, 'node_modules', name);

async function step(name, title, hash, output, work) {
  if (isDone(name, hash) && existsSync(join(repository, output))) return;
  say(`${title} …`);
  const start = Date.now();
  await work();
  markDone(name, hash);
  say(`${title}: done in ${((Date.now() - start) / 1000).toFixed(0)} s`);
}

export async function installDependencies() {
  const hash = hashOf(['package-lock.json']);
  await step('dependencies', 'Installing the npm packages', hash, 'node_modules/node/bin', async () => {
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {});
    if (!existsSync(join(repository, 'node_modules/vite'))) throw new SetUpError('npm ci ended without its packages. Run "npm ci" to see why.');
  });
}

export async function buildNative() {
  const hash = hashOf(['native/CMakeLists.txt', 'native/simd.cmake', 'native/src']);
  await step('native', 'Building the native part', hash, 'native/build/Release/kinetone.node', () =>
    run(projectNode(), [bin('cmake-js/bin/cmake-js'), 'build', '--directory', 'native', '--out', 'native/build', '--config', 'Release', '--parallel', '2']),
  );
}

export async function buildStudio() {
  const inputs = ['src-renderer', 'src-main', 'electron.vite.config.ts', 'resources', 'package.json'];
  await step('studio', 'Building the studio', hashOf(inputs), 'out/renderer/index.html', () =>
    run(projectNode(), [bin('electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn']),
  );
}
