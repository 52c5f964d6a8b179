/** What is said about files: why one cannot be used, and what to do. Names are shown as the user knows them. */
import { AppError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';

/** The command that installs FFmpeg on this kind of system. */
export function ffmpegInstallCommand(platform: string): string {
  if (platform === 'darwin') return 'brew install ffmpeg';
  if (platform === 'win32') return 'winget install Gyan.FFmpeg';
  return 'sudo apt-get install ffmpeg';
}

interface Refusal {
  readonly code: ErrorCode;
  readonly message: (name: string, detail: string) => string;
  readonly hint: string;
  /** The same attempt may succeed a moment later. */
  readonly retryable?: boolean;
}

/** Every reason a file is not taken. `detail` is what the file is, where that is known. */
const refusals = {
  empty: {
    code: 'media-empty',
    message: (name) => `${name} is empty: it has no bytes.`,
    hint: 'Copy or export the file again.',
  },
  foreign: {
    code: 'media-unsupported',
    message: (name, detail) => `${name} is ${detail}, not a video, sound or picture.`,
    hint: 'Choose a video, a sound or a picture file.',
  },
  unreadable: {
    code: 'media-unreadable',
    message: (name, detail) => `${name} cannot be read: ${detail}.`,
    hint: 'The file may be damaged or not finished. Copy or export it again.',
  },
  undecodable: {
    code: 'media-unsupported',
    message: (name, detail) => `${name} uses ${detail}, which this FFmpeg cannot decode.`,
    hint: 'Convert the file, or choose another FFmpeg in the settings.',
  },
  playlist: {
    code: 'media-playlist-refused',
    message: (name, detail) => `${name} is ${detail}: a list that points to other files, not a media file.`,
    hint: 'Import the files it points to.',
  },
  noVideo: {
    code: 'media-no-video',
    message: (name, detail) => `${name} has no picture to work with: ${detail}.`,
    hint: 'Choose a file with a video track.',
  },
  noAudio: {
    code: 'media-no-audio',
    message: (name) => `${name} has no sound.`,
    hint: 'Choose a file with a sound track.',
  },
  noStreams: {
    code: 'media-unsupported',
    message: (name, detail) => `${name} is ${detail} with neither picture nor sound.`,
    hint: 'Choose a video, a sound or a picture file.',
  },
  tooLarge: {
    code: 'media-too-large-picture',
    message: (name, detail) => `${name} has a picture of ${detail} pixels; the largest side is 16384.`,
    hint: 'Scale the picture down first.',
  },
  tooManyStreams: {
    code: 'media-unsupported',
    message: (name, detail) => `${name} has ${detail} streams; at most 64 are taken.`,
    hint: 'Export the file with the tracks you need.',
  },
  slow: {
    code: 'media-unreadable',
    message: (name) => `${name} did not tell what it is within 10 seconds.`,
    hint: 'The file may be damaged, or on a disk that does not answer.',
  },
  missing: {
    code: 'media-missing',
    message: (name) => `${name} is not where it was.`,
    hint: 'Bring the file back, or show where it is now.',
  },
  changed: {
    code: 'media-missing',
    message: (name) => `${name} was changed since it was imported and is read again.`,
    hint: 'Try again in a moment; if it stays so, import the file again.',
    retryable: true,
  },
  notFile: {
    code: 'media-unsupported',
    message: (name, detail) => `${name} is ${detail}, not a file.`,
    hint: 'Choose a video, a sound or a picture file.',
  },
  notFound: {
    code: 'media-not-found',
    message: (name) => `There is no file ${name}.`,
    hint: 'Check the name and the folder.',
  },
  notAllowed: {
    code: 'path-not-granted',
    message: (name) => `${name} may not be read by this user.`,
    hint: 'Give yourself the right to read the file.',
  },
} as const satisfies Record<string, Refusal>;

/** What FFmpeg says of a damaged file, and what that means to a person. The first that fits is said. */
const damages: readonly (readonly [RegExp, string])[] = [
  [/moov atom not found/i, 'its index is missing, as when a recording or a copy was not finished'],
  [
    /EBML header parsing failed|Invalid data found|could not find codec parameters|unspecified size/i,
    'its data is damaged',
  ],
  [/End of file|Packet mismatch|truncat/i, 'it ends too early'],
  [/Invalid image size|Picture size .* is invalid/i, 'the size of its picture is not possible'],
  [/Decoder .* not found|Unknown decoder|no decoder/i, 'this FFmpeg has no decoder for it'],
  [/Input\/output error|No such device/i, 'the disk does not give its bytes'],
  [/Permission denied/i, 'this user may not read it'],
];

/** @param stderr  the end of what FFmpeg said. @param otherwise  for a text that fits no known damage. */
export function damageOf(stderr: string, otherwise: string): string {
  return damages.find(([pattern]) => pattern.test(stderr))?.[1] ?? otherwise;
}

export type MediaRefusal = keyof typeof refusals;

/**
 * The error for a file that cannot be used.
 * @param name    the file's name, without its folders.
 * @param detail  fills the sentence: what the file is ("a text file"), or why it fails.
 */
export function mediaError(reason: MediaRefusal, name: string, detail = '', cause?: unknown): AppError {
  const refusal: Refusal = refusals[reason];
  return new AppError(refusal.code, refusal.message(name, detail), {
    hint: refusal.hint,
    details: { name, reason },
    retryable: refusal.retryable ?? false,
    ...(cause === undefined ? {} : { cause }),
  });
}
