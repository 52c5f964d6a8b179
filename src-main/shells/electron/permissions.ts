/** Permissions: everything denied but camera, MIDI and full screen, and those for our own origin only. */
import type { Session } from 'electron';

import { ORIGIN } from './parts.ts';

const ALLOWED = new Set(['media', 'midi', 'midiSysex', 'fullscreen']);

function isOurs(url: string): boolean {
  return URL.canParse(url) && `${new URL(url).protocol}//${new URL(url).host}` === ORIGIN;
}

/** `media` stands for camera and microphone; only the camera is ours to ask for. */
function isCameraOnly(details: { readonly mediaTypes?: readonly string[]; readonly mediaType?: string }): boolean {
  const types = details.mediaTypes ?? (details.mediaType === undefined ? [] : [details.mediaType]);
  return types.length > 0 && types.every((type) => type === 'video');
}

function isAllowed(permission: string, origin: string, details: object): boolean {
  return ALLOWED.has(permission) && isOurs(origin) && (permission !== 'media' || isCameraOnly(details));
}

/** Electron grants every request by default; both handlers are needed, one asks and one checks. */
export function denyByDefault(session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(isAllowed(permission, details.requestingUrl, details)));
  session.setPermissionCheckHandler((_contents, permission, origin, details) => isAllowed(permission, origin, details));
}
