/** Keeps the end of a program's stderr, and says in one sentence what went wrong. */
const TAIL_BYTES = 16 * 1024;

export class StderrTail {
  private text = '';

  push(piece: string): void {
    this.text = (this.text + piece).slice(-TAIL_BYTES);
  }

  get tail(): string {
    return this.text;
  }
}

/** Lines that only repeat that there was an error, or belong to the picture information. */
const NOISE = /Parsed_showinfo|^\s*(Metadata|Stream|Duration|Side data|encoder|handler_name|vendor_id)\b|Conversion failed/;

/**
 * The last line that tells a reason, without FFmpeg's component and the path of the file.
 * "[mov,mp4 @ 0x55] moov atom not found" → "moov atom not found".
 */
export function reasonOf(stderr: string): string {
  const lines = stderr
    .split(/[\r\n]+/)
    .filter((line) => !NOISE.test(line))
    .map((line) => line.replaceAll(/\[[^\]]*@ 0x[0-9a-f]+\]\s*/g, '').trim())
    .filter((line) => line !== '');
  const telling = lines.filter((line) => !/^file:.*: (Invalid data found|End of file)/.test(line));
  const line = (telling.at(-1) ?? lines.at(-1) ?? '').replace(/^(Error opening input: |file:\S.*?: )/, '');
  return line.replace(/[.:]$/, '');
}
