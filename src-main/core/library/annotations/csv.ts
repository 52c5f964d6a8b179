/** Comma-separated values after RFC 4180; also with semicolons or tabs, as spreadsheets write them. Pure. */

/** A quote that is never closed, and where it began. */
export class OpenQuote extends Error {
  readonly line: number;

  constructor(line: number) {
    super(`A quote in line ${line} is never closed.`);
    this.line = line;
  }
}

/** The separator of the first line outside quotes: whichever of comma, semicolon and tab stands there most often. */
function separatorOf(text: string): string {
  const first = (/^[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const times = (separator: string): number => first.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (times(each) > times(best) ? each : best));
}

/** Rows of fields; empty lines are left out. @throws OpenQuote */
export function parseCsv(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let [row, field, isQuoted, line, quoteLine] = [[] as string[], '', false, 1, 1];
  const endRow = (): void => {
    row.push(field);
    if (row.length > 1 || field.trim() !== '') rows.push(row);
    [row, field] = [[], ''];
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '\n') line += 1;
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') [field, at] = [`${field}"`, at + 1];
      else isQuoted = false;
    } else if (sign === '"' && field.trim() === '') [isQuoted, field, quoteLine] = [true, '', line];
    else if (sign === separator) {
      row.push(field);
      field = '';
    } else if (sign === '\n') endRow();
    else if (sign !== '\r') field += sign;
  }
  if (isQuoted) throw new OpenQuote(quoteLine);
  if (field !== '' || row.length > 0) endRow();
  return rows;
}
