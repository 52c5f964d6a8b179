/** The mappings a user chooses from: the built-in ones, which cannot be changed, then the user's own. */
import type { Mapping } from '../../contract/documents/mapping.ts';
import { AppError } from '../../contract/errors.ts';
import type { MappingEntry } from '../../contract/operations/sonify.ts';
import { rowSentence } from './mapping/index.ts';
import type { MappingStore } from './ports.ts';

export class Mappings {
  readonly #builtIn: readonly Mapping[];
  readonly #store: MappingStore;

  constructor(builtIn: readonly Mapping[], store: MappingStore) {
    this.#builtIn = builtIn;
    this.#store = store;
  }

  list(): MappingEntry[] {
    return [...this.#builtIn, ...this.#store.list()].map((mapping) => this.#entry(mapping));
  }

  /** The mapping a new project starts with. */
  get default(): Mapping {
    const first = this.#builtIn.find((mapping) => mapping.id === 'wobble') ?? this.#builtIn[0];
    if (!first) throw new AppError('internal', 'The built-in mappings are missing.', { hint: 'Install Kinetone again.' });
    return first;
  }

  get(id: string): MappingEntry {
    const found = this.#builtIn.find((mapping) => mapping.id === id) ?? this.#store.get(id);
    if (!found) throw new AppError('not-found', `There is no mapping "${id}".`);
    return this.#entry(found);
  }

  /** @throws AppError `mapping-read-only` for a built-in id, `mapping-invalid` when the id of the document is another. */
  save(id: string, mapping: Mapping): MappingEntry {
    this.#requireOwn(id);
    if (mapping.id !== id) throw new AppError('mapping-invalid', `The mapping says its id is "${mapping.id}", not "${id}".`);
    this.#store.save(mapping);
    return this.#entry(mapping);
  }

  remove(id: string): void {
    this.#requireOwn(id);
    if (!this.#store.remove(id)) throw new AppError('not-found', `There is no mapping "${id}".`);
  }

  #requireOwn(id: string): void {
    const builtIn = this.#builtIn.find((mapping) => mapping.id === id);
    if (builtIn) throw new AppError('mapping-read-only', `${builtIn.name} comes with Kinetone and cannot be changed.`, { hint: 'Save it under another name.' });
  }

  #entry(mapping: Mapping): MappingEntry {
    return {
      mapping,
      is_built_in: this.#builtIn.includes(mapping),
      sentences: mapping.rows.map((row) => rowSentence(row)),
    };
  }
}
