/**
 * The built page: index.html with its content security policy and never cached, hashed assets cached for ever.
 * Files are read whole (they are small), which also works inside an asar archive.
 */
import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';

import { AppError } from '../../contract/errors.ts';
import { respondBinary } from '../answer.ts';

const MIME: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Nothing from elsewhere, no inline script or style, no frame around us. */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "media-src 'self' blob:",
  "connect-src 'self'",
  "font-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Vite puts files with a hash in their name there. */
const HASHED = /^\/assets\/[^/]+-[\w-]{8,}\.\w+$/;

/** @throws AppError 'not-found' for anything that is not a file of the page. */
export async function staticFile(root: string | null, request: Request): Promise<Response> {
  const path = pathOf(new URL(request.url).pathname);
  const mimeType = path === null ? undefined : MIME[extname(path)];
  if (root === null || path === null || mimeType === undefined) throw notFound(request);
  const bytes = await bytesUnder(root, path);
  if (bytes === null) throw notFound(request);
  const isPage = mimeType.startsWith('text/html');
  const response = respondBinary({ kind: 'bytes', bytes, mimeType }, request);
  response.headers.set('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
  if (isPage) response.headers.set('content-security-policy', PAGE_CSP);
  return response;
}

/** Only names without tricks: segments of word characters, dots inside, no `..`, no escapes left. */
function pathOf(pathname: string): string | null {
  if (pathname === '/') return '/index.html';
  return /^(?:\/[\w@-][\w@.-]*)+$/.test(pathname) && !pathname.includes('..') ? pathname : null;
}

async function bytesUnder(root: string, path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    const [base, file] = await Promise.all([realpath(root), realpath(join(root, path))]);
    return file.startsWith(base + sep) ? new Uint8Array(await readFile(file)) : null;
  } catch {
    // Absent, a folder, or not readable: for the page all three are a file that does not exist.
    return null;
  }
}

function notFound(request: Request): AppError {
  if (new URL(request.url).pathname === '/') {
    return new AppError('not-found', 'The page of the studio was not built.', { hint: 'Run "npm start", which builds it; the API works without it.' });
  }
  return new AppError('not-found', `There is nothing at ${new URL(request.url).pathname}.`);
}
