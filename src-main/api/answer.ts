/**
 * Bodies that are not JSON: files with Range and validators, streams of unknown length, bytes in memory.
 * Source: RFC 9110, sections 13 (conditional requests) and 14 (ranges).
 */
import { etagMatches, rangeOf } from './range.ts';

/** A body of known size that can be read from anywhere. */
export interface FileAnswer {
  readonly kind: 'file';
  readonly sizeBytes: number;
  readonly mimeType: string;
  readonly modifiedMs: number;
  /** Strong, without quotes: changes when the bytes do. */
  readonly etag: string;
  /** Names the file for saving; without it the page shows or plays it. */
  readonly downloadName?: string;
  /** The bytes of this address never change. */
  readonly isImmutable?: boolean;
  /** Opens the bytes [start, end) lazily: nothing may be held before the first read, all must be freed on cancel. */
  open(start: number, end: number): ReadableStream<Uint8Array>;
}

export interface StreamAnswer {
  readonly kind: 'stream';
  readonly mimeType: string;
  readonly downloadName?: string;
  readonly stream: ReadableStream<Uint8Array>;
}

export interface BytesAnswer {
  readonly kind: 'bytes';
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** application/octet-stream unless said. */
  readonly mimeType?: string;
}

export type BinaryAnswer = FileAnswer | StreamAnswer | BytesAnswer;

/** The response to a GET or HEAD, with 206, 304 and 416 where the request's headers ask for them. */
export function respondBinary(answer: BinaryAnswer, request: Request, status = 200): Response {
  switch (answer.kind) {
    case 'file':
      return respondFile(answer, request, status);
    case 'stream':
      return new Response(answer.stream, { status, headers: { 'content-type': answer.mimeType, 'cache-control': 'no-store', ...disposition(answer.downloadName) } });
    case 'bytes':
      return new Response(answer.bytes, {
        status,
        headers: { 'content-type': answer.mimeType ?? 'application/octet-stream', 'content-length': String(answer.bytes.byteLength), 'cache-control': 'no-store' },
      });
  }
}

function respondFile(file: FileAnswer, request: Request, status: number): Response {
  const etag = `"${file.etag}"`;
  const modified = new Date(file.modifiedMs).toUTCString();
  const headers = {
    'accept-ranges': 'bytes',
    etag,
    'last-modified': modified,
    'cache-control': file.isImmutable === true ? 'private, max-age=31536000, immutable' : 'private, no-cache',
    'content-type': file.mimeType,
    ...disposition(file.downloadName),
  };
  if (isUnchanged(request.headers, etag, file.modifiedMs)) return new Response(null, { status: 304, headers });
  const range = isRangeValid(request.headers, etag, modified) ? rangeOf(request.headers.get('range'), file.sizeBytes) : null;
  if (range === 'unsatisfiable') {
    return new Response(null, { status: 416, headers: { 'accept-ranges': 'bytes', 'content-range': `bytes */${file.sizeBytes}`, 'content-length': '0' } });
  }
  const { start, end } = range ?? { start: 0, end: file.sizeBytes };
  return new Response(start === end ? null : file.open(start, end), {
    status: range === null ? status : 206,
    headers: { ...headers, 'content-length': String(end - start), ...(range === null ? {} : { 'content-range': `bytes ${start}-${end - 1}/${file.sizeBytes}` }) },
  });
}

function isUnchanged(headers: Headers, etag: string, modifiedMs: number): boolean {
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== null) return etagMatches(noneMatch, etag);
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  return !Number.isNaN(since) && Math.floor(modifiedMs / 1000) * 1000 <= since;
}

/** If-Range: a part of another version must not be joined to the client's. */
function isRangeValid(headers: Headers, etag: string, modified: string): boolean {
  const condition = headers.get('if-range');
  return condition === null || condition === etag || condition === modified;
}

/** RFC 6266 with the name in UTF-8 (RFC 8187) and a plain one for old clients. */
function disposition(name: string | undefined): Record<string, string> {
  if (name === undefined) return {};
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name.toWellFormed()).replaceAll(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return { 'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encoded}` };
}
