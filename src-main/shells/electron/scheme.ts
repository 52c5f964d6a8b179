/**
 * The privileged scheme `kinetone://app/` and its handler: the same fetch application as on loopback, with no port open.
 * Source: Electron's protocol.handle; 206 answers pass through as they are.
 */
import type { CustomScheme } from 'electron';

import { type ElectronParts, ORIGIN, SCHEME } from './parts.ts';

export type Fetch = (request: Request) => Promise<Response>;

export const PRIVILEGES: CustomScheme = {
  scheme: SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

/** Must run before the app is ready. */
export function registerScheme({ protocol }: Pick<ElectronParts, 'protocol'>): void {
  protocol.registerSchemesAsPrivileged([PRIVILEGES]);
}

/** Serves the app's handler; a request for another host of the scheme finds nothing. */
export function serveScheme({ protocol }: Pick<ElectronParts, 'protocol'>, fetch: Fetch): void {
  protocol.handle(SCHEME, (request) => {
    if (new URL(request.url).host !== 'app') return new Response(null, { status: 404 });
    const origin = request.headers.get('origin');
    if (origin !== null && origin !== ORIGIN) return new Response(null, { status: 403 });
    return fetch(request);
  });
}
