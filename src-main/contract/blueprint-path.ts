/**
 * Whether a path of a blueprint has a shape that may be looked for at all: relative, downwards, a name and not a
 * protocol. Links and what lies where are the business of adapters/files. Pure; the page and the validation share it.
 */
const PROTOCOLS = new Set(
  ('async bluray cache concat concatf crypto data fd ffrtmpcrypt file ftp ftps gopher gophers gs hls http httpproxy https icecast ipfs ipns ' +
    'md5 mmsh mmst pipe prompeg rtmp rtmpe rtmps rtmpt rtp s3 sctp sftp smb srt srtp subfile tcp tee tls udp unix zmq').split(' '),
);

export type PathFault = 'empty' | 'nul' | 'absolute' | 'upwards' | 'network' | 'protocol';

/** @returns why the path is refused, or null when it may be looked for. */
export function pathFault(path: string): PathFault | null {
  if (path === '' || path === '.') return 'empty';
  if (path.includes('\0')) return 'nul';
  if (/^(\\\\|\/\/|\\\/|\/\\)/.test(path)) return 'network';
  if (/^[/\\]/.test(path) || /^[A-Za-z]:/.test(path) || path.startsWith('~/')) return 'absolute';
  // A backslash separates on Windows; a path that climbs there is refused everywhere.
  if (path.split(/[/\\]/).includes('..')) return 'upwards';
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(path)?.[1]?.toLowerCase();
  if (scheme !== undefined && (PROTOCOLS.has(scheme) || path.slice(scheme.length + 1).startsWith('//'))) return 'protocol';
  return null;
}
