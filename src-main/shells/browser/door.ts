/**
 * The loopback door as a fetch handler: the guard in front, the boot exchange, then the application. A request's door
 * is `program` with the bearer token and `browser` with the page's cookie.
 */
import { randomBytes } from 'node:crypto';

import { errorResponse, withSafeHeaders, type Door } from '../../api/index.ts';
import { AppError, toAppError } from '../../contract/errors.ts';
import { BootTokens } from './boot-tokens.ts';
import { admit, type GuardSecrets } from './guard.ts';
import { lockedPage } from './locked-page.ts';

export interface LoopbackDoor {
  readonly token: string;
  fetch(request: Request): Promise<Response>;
  /** A fresh address that opens the page: once, within 30 s. */
  bootUrl(): string;
}

export function createDoor(port: number, appFetch: (request: Request, door: Door) => Promise<Response>): LoopbackDoor {
  const host = `127.0.0.1:${port}`;
  const secret = (): string => randomBytes(32).toString('base64url');
  const secrets: GuardSecrets = { host, cookieName: `kinetone_${port}`, cookieValue: secret(), bearerToken: secret() };
  const tokens = new BootTokens();
  const bootUrl = (): string => `http://${host}/boot?t=${tokens.issue()}`;

  async function answer(request: Request): Promise<Response> {
    const entry = admit(request.headers, secrets);
    const url = new URL(request.url);
    if (url.pathname === '/boot' && request.method === 'GET') return boot(url, tokens, secrets);
    if (entry === 'stranger') return unauthorized(request);
    if (url.pathname === '/shell/boot') return entry === 'program' && request.method === 'POST' ? Response.json({ url: bootUrl() }) : refused();
    return appFetch(request, entry);
  }

  return {
    token: secrets.bearerToken,
    bootUrl,
    fetch: async (request) => withSafeHeaders(await answer(request).catch((error: unknown) => errorResponse(toAppError(error)))),
  };
}

function boot(url: URL, tokens: BootTokens, { cookieName, cookieValue }: GuardSecrets): Response {
  if (!tokens.redeem(url.searchParams.get('t') ?? '')) return lockedPage();
  const cookie = `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`;
  return new Response(null, { status: 303, headers: { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store' } });
}

function unauthorized(request: Request): Response {
  const wantsPage = request.method === 'GET' && (request.headers.get('accept') ?? '').includes('text/html');
  if (wantsPage) return lockedPage();
  return errorResponse(
    new AppError('request-unauthorized', 'This request carries no token.', { hint: 'Programs send Authorization: Bearer with the token from serve.json in the data folder.' }),
  );
}

function refused(): Response {
  return errorResponse(new AppError('request-forbidden', 'Only a program of this user can ask for a new link.'));
}
