/** Remarks for a person: the first few of each kind in full, the rest counted. */
import { annotationsText } from '../../../contract/text/en/library-import.ts';

const MOST_OF_A_KIND = 8;

export class Remarks {
  readonly #kinds = new Map<string, { readonly said: string[]; count: number }>();

  add(kind: string, sentence: string): void {
    const of = this.#kinds.get(kind) ?? { said: [], count: 0 };
    if (of.said.length <= MOST_OF_A_KIND) of.said.push(sentence);
    of.count += 1;
    this.#kinds.set(kind, of);
  }

  /** A sentence that is said a single time. */
  once(kind: string, sentence: string): void {
    if (!this.#kinds.has(kind)) this.#kinds.set(kind, { said: [sentence], count: 1 });
  }

  sentences(): string[] {
    return [...this.#kinds.values()].flatMap(({ said, count }) => (count <= MOST_OF_A_KIND + 1 ? said : [...said.slice(0, MOST_OF_A_KIND), annotationsText.more(count - MOST_OF_A_KIND)]));
  }
}
