/** Text as the library reads it: words without case and accents, plurals and endings off, compounds taken apart. Pure. */
import { CONCEPTS, EMPTY_WORDS, NEGATIONS } from './vocabulary.ts';

/** Letters and digits of any script, lower case, accents off (NFKD without marks; ß as ss). */
export function plain(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}

/** "energeticGolpes_pinza2.mp4" → energetic, golpes, pinza, 2, mp4 */
export function rawWords(text: string): string[] {
  const apart = text.replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll(/(\p{L})(\p{N})/gu, '$1 $2').replaceAll(/(\p{N})(\p{L})/gu, '$1 $2');
  return plain(apart).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

/** English endings: rolls, rolling, rolled → roll; spinning → spin. Words of up to three letters stay. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const cut = word.endsWith('ing') && word.length > 5 ? word.slice(0, -3) : word.endsWith('ed') && word.length > 4 ? word.slice(0, -2) : word.endsWith('s') && !/(ss|us|is)$/.test(word) ? word.slice(0, -1) : word;
  return cut !== word && !word.endsWith('s') && /([bdgkmnprt])\1$/.test(cut) ? cut.slice(0, -1) : cut;
}

const KNOWN: ReadonlySet<string> = new Set([...CONCEPTS.flatMap(({ names }) => names.flatMap(rawWords).map(stem)), 'lady', 'body', 'cross', 'lead', 'double', 'triple', 'side', 'front', 'back', 'left', 'right', 'roll', 'step']);

/** Whether the vocabulary holds a word as it is (stemmed). */
export const isKnownWord = (word: string): boolean => KNOWN.has(word);
export const knownWords = (): Iterable<string> => KNOWN;

/** "bodywave" → body, wave; a word that is known, or no compound, stays as it is. */
function apart(word: string): string[] {
  if (KNOWN.has(word)) return [word];
  for (let at = word.length - 3; at >= 3; at -= 1) {
    const [first, rest] = [stem(word.slice(0, at)), stem(word.slice(at))];
    if (!KNOWN.has(first)) continue;
    if (KNOWN.has(rest)) return [first, rest];
    const further = rest.length >= 6 ? apart(rest) : [rest];
    if (further.length > 1) return [first, ...further];
  }
  return [word];
}

export interface Word {
  readonly text: string;
  /** It stands after a word that negates. */
  readonly isUnwanted: boolean;
}

const BREAK = /[,;.!?]|\b(?:but|and|aber|pero|mais|und|y|et)\b/giu;

/** Words that mean something, in order, stemmed and taken apart; what "no", "without" or a minus stands before is marked up to the next comma. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const phrases = plain(text).replaceAll(/(^|\s)-(?=\p{L})/gu, '$1 minus ').split(BREAK);
  // Case and accents are gone here; camel case only matters in names, which hold no negation.
  const isProse = /\s/.test(text.trim());
  for (const phrase of isProse ? phrases : [text]) {
    let isUnwanted = false;
    for (const raw of rawWords(phrase)) {
      if (isProse && NEGATIONS.has(raw)) {
        isUnwanted = true;
        continue;
      }
      if (EMPTY_WORDS.has(raw)) continue;
      for (const word of apart(stem(raw))) words.push({ text: word, isUnwanted });
    }
  }
  return words;
}
