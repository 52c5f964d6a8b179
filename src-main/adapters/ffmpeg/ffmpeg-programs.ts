/** The FFmpeg in use, looked for once and again when the setting changes, and runs of it with progress. */
import type { Programs } from '../../contract/hosts/analysis.ts';
import { feed } from './feed.ts';
import { locateFfmpeg } from './locate.ts';
import type { FfmpegInstall, LocateOptions } from './locate.ts';
import { requireSuccess, startProgram } from './process.ts';
import type { ProgramLauncher } from './process.ts';
import { ProgressParser } from './progress.ts';

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** For its standard input. */
  readonly input?: AsyncIterable<Uint8Array> | undefined;
  /** 0..1 against `durationS`, and the multiple of real time. */
  readonly onProgress?: ((done: number, speed: number | null) => void) | undefined;
  readonly onCommand?: ((program: string, args: readonly string[]) => void) | undefined;
}

/** Options that every run begins with. */
export const QUIET = ['-hide_banner', '-nostdin', '-nostats', '-loglevel', 'warning'] as const;

export class FfmpegPrograms {
  readonly launcher: ProgramLauncher;
  readonly #options: () => LocateOptions;
  #install: Promise<FfmpegInstall> | null = null;

  /** @param options  asked at each search: the setting may change. */
  constructor(launcher: ProgramLauncher, options: () => LocateOptions) {
    this.launcher = launcher;
    this.#options = options;
  }

  /** @throws AppError 'ffmpeg-missing'; asked again, it looks again. */
  install(): Promise<FfmpegInstall> {
    this.#install ??= locateFfmpeg(this.#options()).catch((error: unknown) => {
      this.#install = null;
      throw error;
    });
    return this.#install;
  }

  /** Looks for it, so that the first run does not wait for that. What goes wrong is told to whoever asks for it. */
  begin(): void {
    this.install().catch(() => undefined);
  }

  /** The setting changed. */
  forget(): void {
    this.#install = null;
  }

  /** What a host process needs to start the same programs. */
  async programs(): Promise<Programs> {
    const { ffmpeg, release } = await this.install();
    return { ffmpeg, release: release && [release[0], release[1]], tether: this.launcher.tether, recordFolder: this.launcher.recordFolder };
  }

  /**
   * Runs FFmpeg on files. `args` hold inputs (see inputArguments), outputs and `-y`, of global options at most another `-loglevel`.
   * @throws AppError 'ffmpeg-failed' with the end of stderr, 'ffmpeg-missing', 'disk-full'; AbortError; what `input` throws.
   */
  async run(args: readonly string[], durationS: number, { signal, input, onProgress, onCommand }: RunOptions = {}): Promise<void> {
    const { ffmpeg } = await this.install();
    const all = [...QUIET, '-progress', 'pipe:1', ...args];
    onCommand?.(ffmpeg, all);
    const program = startProgram(this.launcher, ffmpeg, all, { signal, isBatch: true, hasInput: input !== undefined });
    const fed = input && feed(program, input);
    const parser = new ProgressParser();
    program.stdout.setEncoding('utf8').on('data', (text: string) => {
      for (const { outTimeS, speed } of parser.push(text)) {
        if (outTimeS !== null && durationS > 0) onProgress?.(Math.min(1, Math.max(0, outTimeS / durationS)), speed);
      }
    });
    const end = await program.ended;
    await fed;
    requireSuccess(end, 'FFmpeg', signal);
  }
}
