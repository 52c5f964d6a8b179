/**
 * Finds FFmpeg and ffprobe: setting, FFMPEG_PATH, packaged, ffmpeg-static, PATH; the first that answers `-version` wins.
 * One run of FFmpeg tells its version and its demuxers: a start costs a tenth of a second, most of it spent on its libraries.
 */
import { execFile } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { AppError } from '../../contract/errors.ts';
import { ffmpegInstallCommand } from '../../contract/text/en/media.ts';

const run = promisify(execFile);
const ANSWER_MS = 10_000;
const suffix = process.platform === 'win32' ? '.exe' : '';

export type FfmpegOrigin = 'setting' | 'environment' | 'packaged' | 'ffmpeg-static' | 'system';

export interface FfmpegInstall {
  readonly ffmpeg: string;
  readonly ffprobe: string;
  readonly origin: FfmpegOrigin;
  /** As FFmpeg prints it: "5.1.9-0+deb12u1", "N-12345-g…" for a nightly build. */
  readonly version: string;
  /** [major, minor], or null for a nightly build, which is taken as newer than any release. */
  readonly release: readonly [number, number] | null;
  /** Asked of FFmpeg at the first call. */
  readonly encoders: () => Promise<ReadonlySet<string>>;
  /** Every demuxer by its full name ("mov,mp4,m4a,3gp,3g2,mj2"). */
  readonly demuxers: readonly string[];
  /** Places looked at before and why they did not do, for doctor. */
  readonly passedOver: readonly { readonly path: string; readonly why: string }[];
}

export interface LocateOptions {
  readonly setting: string | null;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** `resources/` of a packaged program; its bin/<platform>-<arch> is searched. */
  readonly resourcesFolder: string | null;
}

interface Candidate {
  readonly origin: FfmpegOrigin;
  readonly path: string;
}

function staticPath(): string | null {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static');
    return typeof path === 'string' && existsSync(path) ? path : null;
  } catch {
    // An optional dependency: absent after an offline installation.
    return null;
  }
}

function onPath(program: string, environment: LocateOptions['environment']): string | null {
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program + suffix)).find((path) => existsSync(path)) ?? null;
}

function candidates(options: LocateOptions): Candidate[] {
  const packaged =
    options.resourcesFolder === null
      ? null
      : join(options.resourcesFolder, 'bin', `${process.platform}-${process.arch}`, `ffmpeg${suffix}`);
  const places: [FfmpegOrigin, string | null][] = [
    ['setting', options.setting],
    ['environment', options.environment['FFMPEG_PATH'] ?? null],
    ['packaged', packaged !== null && existsSync(packaged) ? packaged : null],
    ['ffmpeg-static', staticPath()],
    ['system', onPath('ffmpeg', options.environment)],
  ];
  return places.flatMap(([origin, path]) => (path === null || path === '' ? [] : [{ origin, path }]));
}

const ask = (program: string, ...args: string[]): Promise<{ stdout: string; stderr: string }> => run(program, args, { timeout: ANSWER_MS, maxBuffer: 1 << 22 });

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The ffprobe beside an FFmpeg came with it, and is not tried; ffmpeg-static has none, and then the system's does. */
async function probeBeside(ffmpeg: string, environment: LocateOptions['environment']): Promise<string | null> {
  const beside = join(dirname(ffmpeg), basename(ffmpeg).replace(/ffmpeg/i, 'ffprobe'));
  if (beside !== ffmpeg && isExecutable(beside)) return beside;
  for (const path of [environment['FFPROBE_PATH'], onPath('ffprobe', environment)]) {
    if (!path || path === ffmpeg || !existsSync(path)) continue;
    const { stdout } = await ask(path, '-version').catch(() => ({ stdout: '' }));
    if (stdout.startsWith('ffprobe version')) return path;
  }
  return null;
}

async function encodersOf(ffmpeg: string): Promise<ReadonlySet<string>> {
  const { stdout } = await ask(ffmpeg, '-hide_banner', '-encoders');
  return new Set(parseNames(stdout));
}

/** "ffmpeg version 5.1.9-0+deb12u1 Copyright…" → version and release. */
export function parseVersion(text: string): { version: string; release: [number, number] | null } | null {
  const version = /^ffmpeg version (\S+)/.exec(text)?.[1];
  if (version === undefined) return null;
  const release = /^n?(\d+)\.(\d+)/.exec(version);
  return { version, release: release ? [Number(release[1]), Number(release[2])] : null };
}

/** Names in a list FFmpeg prints (`-encoders`, `-demuxers`): the word after the flags, below the dashed line. */
export function parseNames(text: string): string[] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => /^\s*-{2,}\s*$/.test(line));
  return lines.slice(start + 1).flatMap((line) => /^\s*[A-Z.d]+\s+(\S+)/.exec(line)?.[1] ?? []);
}

/**
 * The FFmpeg to use.
 * @throws AppError 'ffmpeg-missing', with the command that installs it and the places that were tried.
 * Cost: one short process; a second one, later, for who asks for the encoders.
 */
export async function locateFfmpeg(options: LocateOptions): Promise<FfmpegInstall> {
  const passedOver: { path: string; why: string }[] = [];
  for (const { origin, path } of candidates(options)) {
    try {
      // The version stands in the banner, which goes to stderr.
      const { stdout, stderr } = await ask(path, '-demuxers');
      const answer = parseVersion(stderr);
      const ffprobe = answer && (await probeBeside(path, options.environment));
      if (answer && ffprobe) {
        let encoders: Promise<ReadonlySet<string>> | null = null;
        return { ffmpeg: path, ffprobe, origin, ...answer, encoders: () => (encoders ??= encodersOf(path)), demuxers: parseNames(stdout), passedOver };
      }
      passedOver.push({ path, why: answer ? 'no ffprobe was found for it' : 'it is not FFmpeg' });
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      passedOver.push({ path, why: code === 'ENOENT' ? 'there is no such file' : `it does not start (${String(code)})` });
    }
  }
  throw new AppError('ffmpeg-missing', 'FFmpeg was not found on this machine.', {
    hint: `Install it with: ${ffmpegInstallCommand(process.platform)}, or name it in the settings or in FFMPEG_PATH.`,
    details: { passedOver },
  });
}
