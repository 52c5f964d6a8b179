/**
 * A log file that keeps five of five megabytes: name.log, name.1.log … name.4.log. Lines of one turn of the event loop
 * are written together, in order; what is pending at exit is flushed then. A full disk costs lines, not the program.
 */
import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotatingFileOptions {
  readonly maxBytes?: number;
  readonly maxFiles?: number;
}

export class RotatingFile {
  private readonly path: string;
  private readonly maxBytes: number;
  private readonly maxFiles: number;
  private file: number | null = null;
  private size = 0;
  private pending: string[] = [];
  private isFlushQueued = false;

  /** @param path  ends in .log; its folder is made */
  constructor(path: string, { maxBytes = 5 << 20, maxFiles = 5 }: RotatingFileOptions = {}) {
    this.path = path;
    this.maxBytes = maxBytes;
    this.maxFiles = maxFiles;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.open();
  }

  /** @param line  with its line break */
  write(line: string): void {
    this.pending.push(line);
    if (this.isFlushQueued) return;
    this.isFlushQueued = true;
    setImmediate(() => this.flush());
  }

  flush(): void {
    this.isFlushQueued = false;
    const lines = this.pending;
    this.pending = [];
    let batch: string[] = [];
    for (const line of lines) {
      const bytes = Buffer.byteLength(line);
      if (this.size > 0 && this.size + bytes > this.maxBytes) {
        this.append(batch);
        batch = [];
        this.rotate();
      }
      this.size += bytes;
      batch.push(line);
    }
    this.append(batch);
  }

  /** Flushes; later lines open the file again. */
  close(): void {
    this.flush();
    if (this.file !== null) closeSync(this.file);
    this.file = null;
  }

  private append(lines: readonly string[]): void {
    if (lines.length === 0) return;
    try {
      writeSync(this.file ?? this.open(), lines.join(''));
    } catch {
      // Nothing can be said about a log that cannot be written, and nothing is to be done.
    }
  }

  private open(): number {
    this.file = openSync(this.path, 'a', 0o600);
    this.size = fstatSync(this.file).size;
    return this.file;
  }

  private rotate(): void {
    try {
      if (this.file !== null) closeSync(this.file);
      this.file = null;
      const numbered = (n: number): string => (n === 0 ? this.path : this.path.replace(/\.log$/, `.${n}.log`));
      rmSync(numbered(this.maxFiles - 1), { force: true });
      for (let n = this.maxFiles - 2; n >= 0; n -= 1) if (existsSync(numbered(n))) renameSync(numbered(n), numbered(n + 1));
      this.open();
    } catch {
      // Another process rotates the same file at this moment, or the disk is gone: the next line opens it anew.
      this.size = 0;
    }
  }
}
