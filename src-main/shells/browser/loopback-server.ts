/** The HTTP server of the browser shell: 127.0.0.1 only, no size limit on streams, slow clients bounded. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createAdaptorServer } from '@hono/node-server';

import { AppError } from '../../contract/errors.ts';
import type { LoopbackDoor } from './door.ts';

export interface LoopbackServer {
  readonly address: string;
  readonly door: LoopbackDoor;
  close(): Promise<void>;
}

const HEADERS_TIMEOUT_MS = 10_000;
const KEEP_ALIVE_MS = 65_000;
/** A paused player keeps its connection this long; it asks for the rest again afterwards. */
const IDLE_SOCKET_MS = 600_000;
const CLOSE_GRACE_MS = 500;

/**
 * @param makeDoor  is told the port, which the door's secrets and checks name
 * @throws AppError 'input-invalid' when the port is taken.
 */
export async function listen(port: number, makeDoor: (port: number) => LoopbackDoor): Promise<LoopbackServer> {
  let door: LoopbackDoor | null = null;
  const server = createAdaptorServer({
    fetch: (request) => door?.fetch(request) ?? new Response(null, { status: 503 }),
    overrideGlobalObjects: false,
    // An upload may take hours: what is bounded is silence, not length.
    serverOptions: { requestTimeout: 0, headersTimeout: HEADERS_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
  }) as Server;
  server.timeout = IDLE_SOCKET_MS;
  const taken = await bind(server, port);
  door = makeDoor(taken);
  return { address: `http://127.0.0.1:${taken}`, door, close: () => close(server) };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
      reject(isTaken ? new AppError('input-invalid', `Port ${port} cannot be used.`, { hint: 'Choose another with --port, or leave it out for a free one.', cause }) : cause);
    });
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
    server.closeIdleConnections();
  });
}
