/** What every host process does around its methods: takes calls from its parent, and ends when the parent is gone. */
import type { HostMethods } from '../core/host.ts';
import { HostChannel } from '../core/host-channel.ts';

interface ParentPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Electron's utilityProcess gives `process.parentPort`; a forked Node has the channel on `process` itself. */
function parentPort(): ParentPort {
  const electron = (process as { parentPort?: { postMessage(message: unknown): void; on(name: 'message', listener: (event: { data: unknown }) => void): void } })
    .parentPort;
  if (electron) {
    return { post: (message) => electron.postMessage(message), onMessage: (listener) => electron.on('message', (event) => listener(event.data)) };
  }
  if (!process.send) {
    process.stderr.write('This is a host process of Kinetone and is started by it.\n');
    process.exit(64);
  }
  // Electron ends a utility process itself; a forked one sees its channel close.
  process.on('disconnect', () => process.exit(0));
  return { post: (message) => void process.send?.(message), onMessage: (listener) => void process.on('message', listener) };
}

/** Serves `methods` until the parent goes away. A rejected promise nobody waits for ends the process with its stack on stderr. */
export function serveParent(methods: HostMethods): void {
  const port = parentPort();
  const channel = new HostChannel({ send: (message) => port.post(message), methods });
  port.onMessage((message) => channel.receive(message));
  port.post({ type: 'ready' });
}
