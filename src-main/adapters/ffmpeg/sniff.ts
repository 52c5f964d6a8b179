/**
 * Says what a file is from its first bytes, where that matters before or instead of FFmpeg: playlists and scripts that are
 * refused, pictures whose demuxer is pinned, and files that are something else and deserve their name in the message.
 */
export type Sniffed =
  | { readonly kind: 'playlist'; readonly what: string }
  | { readonly kind: 'picture'; readonly demuxer: string }
  | { readonly kind: 'foreign'; readonly what: string }
  /** For FFmpeg to say. `what` is set when the bytes read as text. */
  | { readonly kind: 'unknown'; readonly what: string | null };

const ascii = (text: string): number[] => [...text].map((c) => c.charCodeAt(0));

/** Signature, its offset, and the answer. Sources: the formats' own specifications; IANA media types. */
const SIGNATURES: readonly (readonly [readonly number[], number, Sniffed])[] = [
  [[0xff, 0xd8, 0xff], 0, { kind: 'picture', demuxer: 'jpeg_pipe' }],
  [[0x89, ...ascii('PNG\r\n'), 0x1a, 0x0a], 0, { kind: 'picture', demuxer: 'png_pipe' }],
  [[...ascii('II'), 42, 0], 0, { kind: 'picture', demuxer: 'tiff_pipe' }],
  [[...ascii('MM'), 0, 42], 0, { kind: 'picture', demuxer: 'tiff_pipe' }],
  [ascii('WEBP'), 8, { kind: 'picture', demuxer: 'webp_pipe' }],
  [ascii('BM'), 0, { kind: 'picture', demuxer: 'bmp_pipe' }],
  [ascii('%PDF-'), 0, { kind: 'foreign', what: 'a PDF document' }],
  [[...ascii('PK'), 3, 4], 0, { kind: 'foreign', what: 'a ZIP archive' }],
  [[...ascii('7z'), 0xbc, 0xaf, 0x27, 0x1c], 0, { kind: 'foreign', what: 'a 7-Zip archive' }],
  [[0x1f, 0x8b], 0, { kind: 'foreign', what: 'a gzip archive' }],
  [ascii('Rar!'), 0, { kind: 'foreign', what: 'a RAR archive' }],
  [[0x7f, ...ascii('ELF')], 0, { kind: 'foreign', what: 'a program' }],
  [[...ascii('MZ'), 0x90, 0], 0, { kind: 'foreign', what: 'a program' }],
  [ascii('SQLite format 3'), 0, { kind: 'foreign', what: 'a database' }],
];

/** What begins a text that tells FFmpeg to open other files. */
const PLAYLISTS: readonly (readonly [RegExp, string])[] = [
  [/^#EXTM3U/, 'a playlist (M3U)'],
  [/^ffconcat version/, 'a list of files to join (ffconcat)'],
  [/^\s*(file|stream)\s+['"]?\S/, 'a list of files to join'],
  [/^\[playlist\]/i, 'a playlist (PLS)'],
  [/^(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<MPD\b/, 'a streaming manifest (DASH)'],
  [/^(<\?xml[^>]*>\s*)?<(smil|playlist|asx|SmoothStreamingMedia)\b/i, 'a playlist'],
  [/^(https?|rtsp|rtmp|file):\/\/\S+\s*$/im, 'a list of addresses'],
];

/** Subtitle formats are text FFmpeg would open, with nothing to see or hear. */
const TEXTS: readonly (readonly [RegExp, string])[] = [
  [/^(WEBVTT|\d+\r?\n\d\d:\d\d:\d\d[,.]\d)/, 'a subtitle file'],
  [/^\[Script Info\]/, 'a subtitle file'],
  [/^(<!DOCTYPE html|<html)/i, 'a web page'],
  [/^v=0\r?\no=/, 'a stream description (SDP)'],
];

/** A text has no NUL and almost no control characters; UTF-8 is text. */
function readsAsText(head: Uint8Array): boolean {
  let control = 0;
  for (const byte of head) {
    if (byte === 0) return false;
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27) control += 1;
  }
  return head.length > 0 && control <= head.length / 256 && isUtf8(head);
}

function isUtf8(head: Uint8Array): boolean {
  try {
    // A character may be cut at the end of the head.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** @param head  the first bytes of the file, 4 KiB or all of it; read only. */
export function sniff(head: Uint8Array): Sniffed {
  const found = SIGNATURES.find(([bytes, offset]) => bytes.every((byte, i) => head[offset + i] === byte));
  if (found) return found[2];
  if (!readsAsText(head)) return { kind: 'unknown', what: null };
  const text = new TextDecoder().decode(head).replace(/^\uFEFF/, '').trimStart();
  const playlist = PLAYLISTS.find(([pattern]) => pattern.test(text));
  if (playlist) return { kind: 'playlist', what: playlist[1] };
  const named = TEXTS.find(([pattern]) => pattern.test(text));
  return named ? { kind: 'foreign', what: named[1] } : { kind: 'unknown', what: 'a text file' };
}
