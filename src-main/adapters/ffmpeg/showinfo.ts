/**
 * Reads presentation timestamps from FFmpeg's showinfo filter: `config in time_base: 1/15360` once per filter graph, then
 * `pts: 512` per frame. The pts is exact; the printed pts_time is rounded, and not used.
 */
export class ShowinfoParser {
  private rest = '';
  private numerator = Number.NaN;
  private denominator = Number.NaN;

  /** Takes a piece of stderr of any size; answers the times in seconds of the frames it names, NaN for one without. */
  push(text: string): number[] {
    const lines = (this.rest + text).split(/[\r\n]/);
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => this.line(line));
  }

  private line(line: string): number[] {
    if (!line.includes('Parsed_showinfo')) return [];
    const base = /config in time_base:\s*(\d+)\/(\d+)/.exec(line);
    if (base) {
      this.numerator = Number(base[1]);
      this.denominator = Number(base[2]);
      return [];
    }
    const pts = /\bn:\s*\d+\s+pts:\s*(-?\d+|NOPTS)/.exec(line)?.[1];
    if (pts === undefined) return [];
    return [pts === 'NOPTS' ? Number.NaN : (Number(pts) * this.numerator) / this.denominator];
  }
}
