/** A text as words with their places, folded for comparing: lower case, no accents, no plural. Pure. */
export interface Word {
  /** Folded. */
  readonly stem: string;
  /** Where it stands in the text. */
  readonly from: number;
  readonly to: number;
  /** Of a quotation, its inside as written; null for a plain word. */
  readonly quoted: string | null;
  /** A comma, full stop or the like stands right before it. */
  readonly isAfterStop: boolean;
  /** Of these, no more than commas. */
  readonly isAfterComma: boolean;
  readonly isCapital: boolean;
}

/** Lower case, accents and apostrophes dropped: "Señorita’s" → "senoritas". */
export function folded(text: string): string {
  return text.normalize('NFKD').replaceAll(/[\p{M}'’`]/gu, '').toLowerCase();
}

const KEPT = new Set(['bachatas', 'basics', 'bus', 'class', 'classics', 'dress', 'across', 'less', 'various', 'madness', 'sus', 'kiss', 'romances']);

/** Without the plural's ending: "dips" → "dip", "waves" → "wave", "headrolls" → "headroll". */
export function stemOf(word: string): string {
  const plain = folded(word);
  if (plain.length <= 3 || KEPT.has(plain) || plain.endsWith('ss') || plain.endsWith('us') || plain.endsWith('is')) return plain;
  if (plain.endsWith('ies')) return `${plain.slice(0, -3)}y`;
  if (/(ches|shes|sses|xes)$/.test(plain)) return plain.slice(0, -2);
  return plain.endsWith('s') ? plain.slice(0, -1) : plain;
}

const TOKEN = /"([^"]{1,200})"|“([^”]{1,200})”|«([^»]{1,200})»|[\p{L}\p{N}'’]+/gu;

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let last = 0;
  for (const match of text.matchAll(TOKEN)) {
    const quoted = match[1] ?? match[2] ?? match[3] ?? null;
    const between = text.slice(last, match.index);
    last = match.index + match[0].length;
    words.push({
      stem: stemOf(match[0]),
      from: match.index,
      to: last,
      quoted,
      isAfterStop: /[,.;:!?\n]/.test(between),
      isAfterComma: between.includes(',') && !/[.;:!?\n]/.test(between),
      isCapital: /^\p{Lu}/u.test(match[0]),
    });
  }
  return words;
}
