/**
 * A host process as Electron's utilityProcess: the packaged program cannot fork Node (the fuse RunAsNode is off).
 * Source: Electron documentation, utilityProcess; messages cross by structured clone.
 */
import type { utilityProcess as UtilityProcess } from 'electron';

import type { HostProcess, StartHostProcess } from '../../app.ts';

const STDERR_BYTES = 4096;

/** @param entry  absolute path of the bundled host script */
export function utilityHost(utilityProcess: Pick<typeof UtilityProcess, 'fork'>, entry: string): StartHostProcess {
  return (): HostProcess => {
    const child = utilityProcess.fork(entry, [], { stdio: ['ignore', 'ignore', 'pipe'], serviceName: 'Kinetone host' });
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_BYTES)));
    let hasEnded = false;
    child.once('exit', () => (hasEnded = true));
    return {
      get pid() {
        return child.pid;
      },
      post(message) {
        if (hasEnded) throw new Error('The host process is gone.');
        child.postMessage(message);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (status) => listener({ status, signal: null, stderr })),
      // A utility process has no channel to close: it is ended.
      disconnect: () => void child.kill(),
      kill: () => void child.kill(),
    };
  };
}
