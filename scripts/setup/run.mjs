// Starts a program of the set-up and waits; its output is shown only when it fails or is asked for.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { SetUpError } from './say.mjs';
import { repository } from './stamps.mjs';

const isWindows = process.platform === 'win32';

/** Node 24 once the dependencies are there, else the Node that runs this. */
export function projectNode() {
  const own = join(repository, 'node_modules', 'node', 'bin', isWindows ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/**
 * @returns the exit code (only with `allowFailure`; otherwise a failure throws with the last lines of output)
 */
export function run(program, args, { shown = false, allowFailure = false, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: repository,
      env: { ...process.env, ...env },
      stdio: ['ignore', shown ? 'inherit' : 'pipe', shown ? 'inherit' : 'pipe'],
      shell: isWindows && program === 'npm',
    });
    let tail = '';
    const keep = (chunk) => (tail = (tail + chunk).slice(-6000));
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    child.on('error', (error) => (allowFailure ? resolve(127) : reject(new SetUpError(`${program} could not be started: ${error.message}`))));
    child.on('close', (code) => {
      if (code === 0 || allowFailure) resolve(code ?? 1);
      else reject(new SetUpError(`${[program, ...args].join(' ')} failed (exit ${code}).\n${tail}`));
    });
  });
}

/** Full path of a program on PATH, or null. */
export function which(name) {
  const names = isWindows ? [`${name}.exe`, `${name}.cmd`] : [name];
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const candidate of names) {
      if (folder && existsSync(join(folder, candidate))) return join(folder, candidate);
    }
  }
  return null;
}
