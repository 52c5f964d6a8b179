/** A host process as a forked Node with structured clone over its channel, its life tied to ours where the system can. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

import type { HostProcess, StartHostProcess } from './host-process.ts';

const STDERR_BYTES = 4096;
/** Variables that would change what the child runs. */
const DANGEROUS = ['NODE_OPTIONS', 'NODE_CHANNEL_FD', 'ELECTRON_RUN_AS_NODE', 'LD_PRELOAD', 'DYLD_INSERT_LIBRARIES'];

export interface NodeHostOptions {
  /** Absolute path of the entry script: .ts under type stripping, .js when bundled. */
  readonly entry: string;
  /** The Node that runs it; this process's own unless said. */
  readonly node?: string;
  /** Path of kinetone-tether, null where it was not built. */
  readonly tether: string | null;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

function environmentOf(given: NodeHostOptions['environment']): NodeJS.ProcessEnv {
  const environment = { ...(given ?? process.env) };
  for (const name of DANGEROUS) delete environment[name];
  return environment as NodeJS.ProcessEnv;
}

function forkHost({ entry, node = process.execPath, tether, environment }: NodeHostOptions): ChildProcess {
  // The kernel ends it with us even when its own event loop stands still; elsewhere the closed channel does.
  const isTied = tether !== null && process.platform === 'linux';
  return fork(entry, [], {
    execPath: isTied ? tether : node,
    execArgv: isTied ? ['--parent', String(process.pid), '--', node] : [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: environmentOf(environment),
  });
}

interface End {
  readonly status: number | null;
  readonly signal: string | null;
  readonly startError: Error | null;
}

/** 'close' never comes after this side disconnected, so the end is 'exit' and what stderr still holds then. */
function ended(child: ChildProcess): Promise<End> {
  return new Promise((resolve) => {
    // Also a message to a host that is just ending fails here; its end is told by 'exit'.
    child.on('error', (startError) => {
      if (child.pid === undefined) resolve({ status: null, signal: null, startError });
    });
    child.once('exit', (status, signal) => {
      const finish = (): void => resolve({ status, signal, startError: null });
      if (child.stderr === null || child.stderr.closed) finish();
      else child.stderr.once('close', finish);
    });
  });
}

export function nodeHostProcess(options: NodeHostOptions): StartHostProcess {
  return (): HostProcess => {
    const child = forkHost(options);
    let stderr = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_BYTES)));
    return {
      pid: child.pid,
      post: (message) => {
        if (!child.connected) throw new Error('The host process is gone.');
        child.send(message as object);
      },
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) =>
        void ended(child).then(({ status, signal, startError }) => listener({ status, signal, stderr: startError ? `${startError.message}\n${stderr}` : stderr })),
      disconnect: () => {
        if (child.connected) child.disconnect();
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
