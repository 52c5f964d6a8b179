/**
 * Who may speak to the loopback door. Any page of any site, and any program of any user of this machine, can reach
 * 127.0.0.1: so the Host must be ours (DNS rebinding), the Origin and the fetch site must be ours (other sites, other
 * ports), and a secret must come with the request: the page's cookie or a program's bearer token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';

import { AppError } from '../../contract/errors.ts';

export type Entry = 'browser' | 'program' | 'stranger';

export interface GuardSecrets {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** Cookies ignore ports, so the name carries it. */
  readonly cookieName: string;
  readonly cookieValue: string;
  readonly bearerToken: string;
}

/**
 * @returns how the request may enter; 'stranger' carries no secret.
 * @throws AppError 'request-forbidden' for a foreign Host, Origin or site, 'request-unauthorized' for a wrong token.
 */
export function admit(headers: Headers, secrets: GuardSecrets): Entry {
  if (headers.get('host') !== secrets.host) throw forbidden('Host');
  const origin = headers.get('origin');
  if (origin !== null && origin !== `http://${secrets.host}`) throw forbidden('Origin');
  // `same-site` would be another port of 127.0.0.1, for which the cookie is sent as well.
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw forbidden('Sec-Fetch-Site');
  const authorization = headers.get('authorization');
  if (authorization !== null) {
    if (isSame(authorization, `Bearer ${secrets.bearerToken}`)) return 'program';
    throw new AppError('request-unauthorized', 'The token is not the one of this start.', { hint: 'Read it again from serve.json in the data folder.' });
  }
  return cookies(headers.get('cookie'), secrets.cookieName).some((value) => isSame(value, secrets.cookieValue)) ? 'browser' : 'stranger';
}

/** In constant time: both sides are hashed, so that not even the length shows. */
export function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}

function cookies(header: string | null, name: string): string[] {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim());
  return pairs.filter((pair) => pair.startsWith(`${name}=`)).map((pair) => pair.slice(name.length + 1));
}

function forbidden(header: string): AppError {
  return new AppError('request-forbidden', 'This address answers only its own page and programs of this computer.', { details: { header } });
}
