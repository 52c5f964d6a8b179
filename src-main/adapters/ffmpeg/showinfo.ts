/**
 * Reads presentation timestamps and colour spaces from FFmpeg's showinfo filter: `config in time_base: 1/15360` once per
 * filter graph, then `pts: 512` per frame and a line with its `color_space`. The pts is exact; the printed pts_time is
 * rounded, and not used.
 */
export interface ShownFrame {
  /** Seconds; NaN for a frame without a time. */
  readonly timeS: number;
  /** FFmpeg's name, 'unknown' where the file does not say. */
  readonly colorSpace: string;
}

export class ShowinfoParser {
  private rest = '';
  private numerator = Number.NaN;
  private denominator = Number.NaN;
  /** The last frame named, until its colour line arrives. */
  private pendingS: number | null = null;

  /** Takes a piece of stderr of any size; answers the frames whose description is complete. */
  push(text: string): ShownFrame[] {
    const lines = (this.rest + text).split(/[\r\n]/);
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(line));
  }

  /** The frame still waiting for its colours when stderr ended. */
  end(): ShownFrame[] {
    return this.release('unknown');
  }

  private release(colorSpace: string): ShownFrame[] {
    if (this.pendingS === null) return [];
    const frame = { timeS: this.pendingS, colorSpace };
    this.pendingS = null;
    return [frame];
  }

  private line(line: string): ShownFrame[] {
    if (!line.includes('Parsed_showinfo')) return [];
    const colorSpace = /\bcolor_space:\s*(\w+)/.exec(line)?.[1];
    if (colorSpace !== undefined) return this.release(colorSpace);
    const base = /config in time_base:\s*(\d+)\/(\d+)/.exec(line);
    if (base) {
      this.numerator = Number(base[1]);
      this.denominator = Number(base[2]);
      return [];
    }
    const pts = /\bn:\s*\d+\s+pts:\s*(-?\d+|NOPTS)/.exec(line)?.[1];
    if (pts === undefined) return [];
    const before = this.release('unknown');
    this.pendingS = pts === 'NOPTS' ? Number.NaN : (Number(pts) * this.numerator) / this.denominator;
    return before;
  }
}
