/** Files that are not what they seem, made byte by byte or by FFmpeg, each with the error it must give. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ErrorCode } from '../../src-main/contract/errors.ts';
import { randomOf } from '../fixtures/feature-series.ts';
import { makeFilm, makeMedia } from '../fixtures/make-media.ts';

export interface BadFile {
  readonly name: string;
  /** Makes the file in a folder. @returns its path */
  readonly make: (folder: string) => string;
  readonly code: ErrorCode;
  /** What the message says besides the file's name. */
  readonly says: RegExp;
}

const written = (name: string, bytes: string | Uint8Array) => (folder: string): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

function noise(length: number, seed: number): Uint8Array {
  const random = randomOf(seed);
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

/** Another film of a folder, which a playlist would pull in. */
function victim(folder: string): string {
  return makeFilm(folder, 'victim.mp4', { size: '64x64' });
}

/** The first bytes of a whole file. */
const cut = (name: string, share: number) => (folder: string): string => {
  const bytes = readFileSync(makeFilm(folder, 'whole.mp4', { seconds: 2 }));
  return written(name, bytes.subarray(0, Math.floor(bytes.length * share)))(folder);
};

/** A PNG whose header claims a picture of this size and holds none (IHDR, RFC 2083 section 4.1.1). */
function hugePng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(33);
  header.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  header.writeUInt32BE(width, 16);
  header.writeUInt32BE(height, 20);
  header.set([8, 2, 0, 0, 0], 24);
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
  let crc = 0xffffffff;
  for (const byte of header.subarray(12, 29)) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  header.writeUInt32BE((crc ^ 0xffffffff) >>> 0, 29);
  return header;
}

/** A film one pixel row of which is longer than any decoder should be given. */
function wideFilm(folder: string): string {
  return makeMedia(folder, 'wide.mkv', ['-f', 'lavfi', '-i', 'color=size=20000x16:rate=5:duration=0.4', '-c:v', 'ffv1']);
}

/** A valid MP4 with as many streams as a container holds. */
function manyStreams(folder: string): string {
  const sounds = Array.from({ length: 80 }, () => ['-map', '0:a']).flat();
  return makeMedia(folder, 'streams.mkv', ['-f', 'lavfi', '-i', 'sine=duration=0.1', ...sounds, '-c:a', 'pcm_s16le']);
}

function coverOnly(folder: string): string {
  const cover = makeMedia(folder, 'cover.jpg', ['-f', 'lavfi', '-i', 'testsrc2=size=64x64', '-frames:v', '1']);
  return makeMedia(folder, 'cover.mp4', ['-i', cover, '-map', '0', '-c:v', 'mjpeg', '-disposition:v:0', 'attached_pic']);
}

function zip(folder: string): string {
  return written('archive.mp4', Buffer.from('504b0304140000000000', 'hex'))(folder);
}

export const BAD_FILES: readonly BadFile[] = [
  { name: 'zero bytes', make: written('nothing.mp4', ''), code: 'media-empty', says: /no bytes/ },
  { name: 'noise', make: written('noise.mp4', noise(200_000, 3)), code: 'media-unreadable', says: /cannot be read/ },
  { name: 'zeros', make: written('zeros.mkv', new Uint8Array(100_000)), code: 'media-unreadable', says: /cannot be read/ },
  { name: 'one byte', make: written('one.mp4', 'x'), code: 'media-unsupported', says: /a text file/ },
  { name: 'a film cut before its index', make: cut('cut.mp4', 0.5), code: 'media-unreadable', says: /cannot be read/ },
  { name: 'only the first kilobyte of a film', make: cut('stub.mp4', 0.01), code: 'media-unreadable', says: /cannot be read/ },
  { name: 'a text', make: written('notes.mp4', 'Dear diary,\ntoday I filmed nothing.\n'), code: 'media-unsupported', says: /is a text file, not a video/ },
  { name: 'a long text in another script', make: written('записки.mov', 'Сегодня ничего не снято. '.repeat(4000)), code: 'media-unsupported', says: /is a text file/ },
  { name: 'a web page', make: written('page.mp4', '<!DOCTYPE html><html><body>404</body></html>'), code: 'media-unsupported', says: /a web page/ },
  { name: 'a document', make: written('paper.mp4', '%PDF-1.7\n%âãÏÓ\n'), code: 'media-unsupported', says: /a PDF document/ },
  { name: 'an archive', make: zip, code: 'media-unsupported', says: /a ZIP archive/ },
  { name: 'a program', make: (folder) => written('program.mp4', readFileSync(process.execPath).subarray(0, 100_000))(folder), code: 'media-unsupported', says: /a program/ },
  { name: 'subtitles', make: written('words.mp4', '1\n00:00:01,000 --> 00:00:02,000\nHello\n'), code: 'media-unsupported', says: /a subtitle file/ },
  { name: 'a playlist', make: (folder) => written('list.mp4', `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${victim(folder)}\n#EXT-X-ENDLIST\n`)(folder), code: 'media-playlist-refused', says: /playlist/ },
  { name: 'a playlist behind a byte order mark', make: (folder) => written('mark.m3u8', `\uFEFF#EXTM3U\n${victim(folder)}\n`)(folder), code: 'media-playlist-refused', says: /playlist/ },
  { name: 'a list of files to join', make: (folder) => written('join.mp4', `ffconcat version 1.0\nfile '${victim(folder)}'\n`)(folder), code: 'media-playlist-refused', says: /list of files/ },
  { name: 'a list without its first line', make: (folder) => written('join.txt', `file '${victim(folder)}'\nduration 1\n`)(folder), code: 'media-playlist-refused', says: /list of files/ },
  { name: 'a streaming manifest', make: written('stream.mp4', '<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>file:///etc/passwd</BaseURL></MPD>'), code: 'media-playlist-refused', says: /manifest/ },
  { name: 'an SDP', make: written('stream.sdp', 'v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n'), code: 'media-unsupported', says: /SDP/ },
  { name: 'a script for avisynth', make: written('script.avs', 'Version()\n'), code: 'media-unsupported', says: /text file/ },
  { name: 'ANSI art', make: written('art.mp4', '\x1b[31mred\x1b[0m\n'.repeat(300)), code: 'media-unsupported', says: /text file/ },
  { name: 'a picture larger than any screen', make: written('huge.png', hugePng(60_000, 60_000)), code: 'media-too-large-picture', says: /60000 × 60000/ },
  { name: 'a film wider than 16384 pixels', make: wideFilm, code: 'media-too-large-picture', says: /20000 × 16/ },
  { name: 'more streams than 64', make: manyStreams, code: 'media-unsupported', says: /at most 64/ },
  { name: 'a cover and nothing else', make: coverOnly, code: 'media-unsupported', says: /cover picture/ },
  { name: 'a folder that is named like a film', make: (folder) => (mkdirSync(join(folder, 'film.mp4')), '/dev/null'), code: 'media-unsupported', says: /is a device/ },
  { name: 'a pipe', make: (folder) => (execFileSync('mkfifo', [join(folder, 'pipe.mp4')]), join(folder, 'pipe.mp4')), code: 'media-unsupported', says: /is a pipe/ },
];

/** Names that shells, formats and file systems trip over; each must be imported, analysed and exported like any other. */
export const HOSTILE_NAMES: readonly string[] = [
  'two\nlines.mp4',
  'quote\'s "and" `ticks`.mp4',
  '-i.mp4',
  '--version',
  '%d.mp4',
  '%03d.mp4',
  'frame*?[0-9].mp4',
  'concat:a|b.mp4',
  'http:pretender.mp4',
  'file:film.mp4',
  'pipe:0',
  '$(touch pwned); rm -rf x.mp4',
  '日本語 🎬 ünïcödé.mp4',
  'e\u0301 decomposed.mp4',
  ' leading and trailing ',
  'no extension',
  '.mp4.',
  'a,b;c=d[0:v]\\:.mp4',
  `${'x'.repeat(251)}.mp4`,
];
