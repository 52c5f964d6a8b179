/** Finding commands and media by a few typed letters: every word of the query must occur, in order, in the text. */

/** Rank of a match, higher is better; null when the text does not match. Whole words and word starts come first. */
export function rank(query: string, text: string): number | null {
  const haystack = text.toLocaleLowerCase();
  let score = 0;
  for (const word of query.toLocaleLowerCase().split(/\s+/).filter(Boolean)) {
    const at = haystack.indexOf(word);
    const wordScore =
      at === -1
        ? subsequence(word, haystack)
        : 100 - Math.min(50, at) + (at === 0 || haystack[at - 1] === ' ' ? 50 : 0);
    if (wordScore === null) return null;
    score += wordScore;
  }
  return score - haystack.length * 0.1;
}

/** Letters in order with gaps ("rsz" in "resize"): worth less the wider it is spread. */
function subsequence(word: string, text: string): number | null {
  let from = -1;
  let first = -1;
  for (const letter of word) {
    from = text.indexOf(letter, from + 1);
    if (from === -1) return null;
    if (first === -1) first = from;
  }
  const spread = from - first + 1 - word.length;
  return spread > word.length * 3 ? null : 20 - spread;
}

/** The items that match, best first; all in their order for an empty query. */
export function search<Item>(items: readonly Item[], query: string, textOf: (item: Item) => string): Item[] {
  if (query.trim() === '') return [...items];
  return items
    .map((item, index) => ({ item, index, score: rank(query, textOf(item)) }))
    .filter((entry): entry is { item: Item; index: number; score: number } => entry.score !== null)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map((entry) => entry.item);
}
