/** Reads what FFmpeg writes for `-progress`: blocks of key=value lines, each ended by `progress=`. Pure. */
export interface FfmpegProgress {
  readonly frame: number | null;
  /** Position in the output, seconds; null until the first packet is written. */
  readonly outTimeS: number | null;
  /** Multiple of real time. */
  readonly speed: number | null;
  readonly totalBytes: number | null;
  readonly isEnd: boolean;
}

const number = (text: string | undefined): number | null => {
  const value = Number.parseFloat(text ?? '');
  return Number.isFinite(value) ? value : null;
};

function progressOf(fields: ReadonlyMap<string, string>): FfmpegProgress {
  const microseconds = number(fields.get('out_time_us') ?? fields.get('out_time_ms'));
  return {
    frame: number(fields.get('frame')),
    outTimeS: microseconds === null ? null : microseconds / 1e6,
    speed: number(fields.get('speed')),
    totalBytes: number(fields.get('total_size')),
    isEnd: fields.get('progress') === 'end',
  };
}

/** Collects text as it comes, in pieces of any size, and answers the blocks that are complete. */
export class ProgressParser {
  private rest = '';
  private readonly fields = new Map<string, string>();

  push(text: string): FfmpegProgress[] {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    const blocks: FfmpegProgress[] = [];
    for (const line of lines) {
      const at = line.indexOf('=');
      if (at < 0) continue;
      const key = line.slice(0, at).trim();
      this.fields.set(key, line.slice(at + 1).trim());
      if (key !== 'progress') continue;
      blocks.push(progressOf(this.fields));
      this.fields.clear();
    }
    return blocks;
  }
}
