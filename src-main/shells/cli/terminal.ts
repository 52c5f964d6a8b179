/** What a command writes: one document with --json, sentences and a progress line otherwise, errors on stderr. */
import type { Job } from '../../contract/documents/job.ts';
import type { AppError } from '../../contract/errors.ts';

export interface OutputOptions {
  readonly json: boolean;
  readonly quiet: boolean;
}

const BAR_CELLS = 24;

/** "1:02:03" or "2:03". */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** "Rendering the sound  ███████░░░  64 %  12.3×  0:21 left" */
export function progressLine(job: Job): string {
  const cells = Math.round((job.progress / 100) * BAR_CELLS);
  const parts = [
    (job.stage ?? job.title).padEnd(24),
    '█'.repeat(cells) + '░'.repeat(BAR_CELLS - cells),
    `${String(Math.floor(job.progress)).padStart(3)} %`,
  ];
  if (job.speed !== null) parts.push(`${job.speed.toFixed(1)}×`);
  if (job.eta_s !== null) parts.push(`${clockTime(job.eta_s)} left`);
  return parts.join('  ');
}

export class Terminal {
  readonly #options: OutputOptions;
  #isLineOpen = false;
  #lastStage: string | null = null;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  get isJson(): boolean {
    return this.#options.json;
  }

  /** The one JSON document of a command with --json; otherwise the text. */
  result(document: unknown, text: string): void {
    this.#closeLine();
    if (this.#options.json) process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
    else if (!this.#options.quiet && text !== '') process.stdout.write(`${text}\n`);
  }

  progress(job: Job): void {
    if (this.#options.json || this.#options.quiet) return;
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${progressLine(job).slice(0, (process.stderr.columns ?? 100) - 1)}\x1b[K`);
      this.#isLineOpen = true;
    } else if (job.stage !== this.#lastStage && job.stage !== null) {
      this.#lastStage = job.stage;
      process.stderr.write(`${job.stage} …\n`);
    }
  }

  /** What goes on just now; only where somebody looks. */
  status(text: string): void {
    if (this.#options.json || this.#options.quiet || !process.stderr.isTTY) return;
    process.stderr.write(`\r${text.slice(0, (process.stderr.columns ?? 100) - 1)}\x1b[K`);
    this.#isLineOpen = true;
  }

  /** Something the user should know although the command succeeded. */
  note(text: string): void {
    this.#closeLine();
    if (!this.#options.quiet) process.stderr.write(`note: ${text}\n`);
  }

  /** One line on stderr: what happened, and what to do. */
  error(error: AppError): void {
    this.#closeLine();
    if (this.#options.json) process.stdout.write(`${JSON.stringify({ error: error.toBody() }, null, 2)}\n`);
    process.stderr.write(`kinetone: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`} [${error.code}]\n`);
  }

  #closeLine(): void {
    if (!this.#isLineOpen) return;
    process.stderr.write('\n');
    this.#isLineOpen = false;
  }
}
