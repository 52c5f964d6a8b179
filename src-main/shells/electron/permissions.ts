/** Permissions: everything denied but camera, MIDI and full screen, and those for our own origin only. */
import type { Session } from 'electron';

import { ORIGIN } from './parts.ts';

const ALLOWED = new Set(['media', 'midi', 'midiSysex', 'fullscreen']);

function isOurs(url: string): boolean {
  return URL.canParse(url) && `${new URL(url).protocol}//${new URL(url).host}` === ORIGIN;
}

/** Electron grants every request by default; both handlers are needed, one asks and one checks. */
export function denyByDefault(session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(ALLOWED.has(permission) && isOurs(details.requestingUrl)));
  session.setPermissionCheckHandler((_contents, permission, origin) => ALLOWED.has(permission) && isOurs(origin));
}
