/** Remarks for a person: the first few of each kind in full, the rest counted. */
import { annotationsText } from '../../../contract/text/en/library-import.ts';

const MOST_OF_A_KIND = 8;

export class Remarks {
  readonly #kinds = new Map<string, string[]>();

  add(kind: string, sentence: string): void {
    this.#kinds.set(kind, [...(this.#kinds.get(kind) ?? []), sentence]);
  }

  /** A sentence that is said a single time. */
  once(kind: string, sentence: string): void {
    if (!this.#kinds.has(kind)) this.#kinds.set(kind, [sentence]);
  }

  sentences(): string[] {
    return [...this.#kinds.values()].flatMap((all) => (all.length <= MOST_OF_A_KIND + 1 ? all : [...all.slice(0, MOST_OF_A_KIND), annotationsText.more(all.length - MOST_OF_A_KIND)]));
  }
}
