/** Whether a file holds the bytes of an item: told by size and both ends, and by the full hash where that is in doubt. */
import { isUnchanged } from './identity.ts';
import type { FileFacts, HashMaker, MediaFiles, MediaRecord, MediaStore } from './ports.ts';

export interface SameBytesPorts {
  readonly store: MediaStore;
  readonly files: Pick<MediaFiles, 'look'>;
  readonly hashes: HashMaker;
}

export class SameBytes {
  readonly #ports: SameBytesPorts;

  constructor(ports: SameBytesPorts) {
    this.#ports = ports;
  }

  /**
   * An item with the same bytes, removed ones too.
   * @param sha256  of the file, where it is known already.
   * Cost: nothing for a new file; for a likely twin both are read whole, once.
   */
  async twinOf(facts: FileFacts, sha256: string | null, signal?: AbortSignal): Promise<MediaRecord | null> {
    for (const candidate of this.#ports.store.byEnds(facts.sizeBytes, facts.ends)) {
      if (await this.isSame(candidate, facts, sha256, signal)) return candidate;
    }
    return null;
  }

  async isSame(record: MediaRecord, facts: FileFacts, sha256: string | null, signal?: AbortSignal): Promise<boolean> {
    if (record.sizeBytes !== facts.sizeBytes || record.ends !== facts.ends) return false;
    if (sha256 === null && isUnchanged(record, facts)) return true;
    // Its file is gone and was never read whole: both ends are all there is to compare.
    if (record.sha256 === null && this.#ports.files.look(record.path) === null) return true;
    const theirs = record.sha256 ?? (await this.hash(record.path, signal));
    return theirs === (sha256 ?? (await this.hash(facts.path, signal)));
  }

  hash(path: string, signal?: AbortSignal): Promise<string> {
    return this.#ports.hashes.sha256(path, signal ? { signal } : {});
  }
}
