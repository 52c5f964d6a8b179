/**
 * Brings files into the library, by path or by their bytes, once each: a file that is there already is found, brought back
 * or pointed to its new place. What cannot be used is said by name, and never ends the import of the others.
 */
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import type { ImportResult } from '../../contract/operations/media.ts';
import type { NewId } from '../clock.ts';
import { OneAtATime } from '../one-at-a-time.ts';
import { fullIdentity, isUnchanged, provisionalIdentity } from './identity.ts';
import { kindOf } from './media-document.ts';
import type { MediaItems, MediaItemsPorts } from './media-items.ts';
import type { FileFacts, FoundFile, MediaFiles, MediaRecord, MediaTools, ReceivedFile } from './ports.ts';
import type { SameBytes } from './same-bytes.ts';

export interface MediaImporterPorts extends Pick<MediaItemsPorts, 'store' | 'clock'> {
  readonly files: MediaFiles;
  readonly tools: Pick<MediaTools, 'probe'>;
  readonly newId: NewId;
}

type Imported = ImportResult['items'][number];
type Rejected = ImportResult['rejected'][number];

/** Files probed at once. */
const PARALLEL = 3;

export class MediaImporter {
  readonly #ports: MediaImporterPorts;
  readonly #items: MediaItems;
  readonly #sameBytes: SameBytes;
  /** Comparing with what is there and adding to it happen one after the other. */
  readonly #turns = new OneAtATime();

  constructor(ports: MediaImporterPorts, items: MediaItems, sameBytes: SameBytes) {
    this.#ports = ports;
    this.#items = items;
    this.#sameBytes = sameBytes;
  }

  /** See MediaLibrary.importPaths. */
  async importPaths(paths: readonly string[], signal?: AbortSignal): Promise<ImportResult> {
    const found: FoundFile[] = [];
    for (const path of paths) for await (const file of this.#ports.files.find(path)) found.push(file);
    const outcomes = new Array<Imported | Rejected | null>(found.length).fill(null);
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < found.length) {
        signal?.throwIfAborted();
        const at = next;
        next += 1;
        outcomes[at] = await this.#importFound(found[at] as FoundFile, signal);
      }
    };
    await Promise.all(Array.from({ length: PARALLEL }, work));
    return resultOf(outcomes);
  }

  /** See MediaLibrary.importUpload. */
  async importUpload(bytes: ReadableStream<Uint8Array>, name: string, signal?: AbortSignal): Promise<ImportResult> {
    const received = await this.#ports.files.receive(bytes, name, signal);
    try {
      return { items: [await this.#importReceived(received, signal)], rejected: [] };
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return { items: [], rejected: [{ name: received.name, error: toAppError(error).toBody() }] };
    } finally {
      await this.#ports.files.discard(received.path);
    }
  }

  /** The record of an item whose bytes under its path are not the ones that were there: it is what they are now. */
  async reread(record: MediaRecord, facts: FileFacts, signal?: AbortSignal): Promise<MediaRecord> {
    const mayBeSame = record.ends === facts.ends && record.sizeBytes === facts.sizeBytes && record.sha256 !== null;
    if (mayBeSame && (await this.#sameBytes.hash(facts.path, signal)) === record.sha256) {
      return { ...record, modifiedMs: facts.modifiedMs, isMissing: false };
    }
    const probe = await this.#ports.tools.probe(facts.path, facts.name, signal);
    return { ...record, ...facts, probe, kind: kindOf(probe), identity: provisionalIdentity(facts), sha256: null, isMissing: false };
  }

  async #importFound(found: FoundFile, signal?: AbortSignal): Promise<Imported | Rejected | null> {
    if ('error' in found) return { name: found.name, error: toAppError(found.error).toBody() };
    try {
      return await this.#importFile(found.path, signal);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      const refused = toAppError(error);
      return found.isFromFolder && refused.code === 'media-unsupported' ? null : { name: found.name, error: refused.toBody() };
    }
  }

  async #importFile(path: string, signal?: AbortSignal): Promise<Imported> {
    const { store, files, tools } = this.#ports;
    const facts = await files.facts(path);
    const [known] = store.byPath(facts.path);
    if (known) return this.#bringBack(isUnchanged(known, facts) ? known : await this.reread(known, facts, signal), facts);
    if (store.byEnds(facts.sizeBytes, facts.ends).length > 0) {
      const twin = await this.#sameBytes.twinOf(facts, null, signal);
      if (twin) return this.#bringBack(twin, facts);
    }
    const probe = await tools.probe(facts.path, facts.name, signal);
    return this.#turns.run(async () => {
      const twin = await this.#sameBytes.twinOf(facts, null, signal);
      return twin ? this.#bringBack(twin, facts) : this.#insert({ ...facts, probe, isOwned: false, sha256: null, id: this.#ports.newId() });
    });
  }

  async #importReceived(received: ReceivedFile, signal?: AbortSignal): Promise<Imported> {
    const probe = await this.#ports.tools.probe(received.path, received.name, signal);
    return this.#turns.run(async () => {
      const twin = await this.#sameBytes.twinOf(received, received.sha256, signal);
      // An item whose own file is gone gets the uploaded bytes.
      if (twin && this.#ports.files.look(twin.path) !== null) return this.#bringBack(twin, null);
      const id = twin?.id ?? this.#ports.newId();
      const path = await this.#ports.files.keep(received, id);
      if (!twin) return this.#insert({ ...received, path, probe, isOwned: true, id });
      return this.#bringBack({ ...twin, path, modifiedMs: received.modifiedMs, isOwned: true, isMissing: false }, null);
    });
  }

  #insert(made: FileFacts & Pick<MediaRecord, 'id' | 'probe' | 'isOwned' | 'sha256'>): Imported {
    const record: MediaRecord = {
      ...made,
      kind: kindOf(made.probe),
      identity: made.sha256 === null ? provisionalIdentity(made) : fullIdentity(made.sha256),
      isMissing: false,
      createdMs: this.#ports.clock.nowMs(),
      removedMs: null,
    };
    const stored = this.#ports.store.insert(record);
    if (stored.id !== record.id) return { item: this.#items.document(stored), is_new: false };
    this.#items.enqueueFollowUps(stored);
    return { item: this.#items.announce(stored), is_new: true };
  }

  /** An item that is there already: in the library again when it was removed, at the new place when its file is gone. */
  #bringBack(twin: MediaRecord, facts: FileFacts | null): Imported {
    const isGone = facts !== null && !twin.isOwned && this.#ports.files.look(twin.path) === null;
    const place = isGone ? { path: facts.path, name: facts.name, modifiedMs: facts.modifiedMs } : {};
    const record = { ...twin, ...place, isMissing: false, removedMs: null };
    const item = this.#items.save(record);
    this.#items.enqueueFollowUps(record);
    return { item, is_new: twin.removedMs !== null };
  }
}

/** What a person can do something about by choosing another file; everything else ends the import. */
function isRefusal(error: unknown): boolean {
  if (isAbort(error) || !(error instanceof AppError)) return false;
  return error.code.startsWith('media-') || error.code === 'path-not-granted' || error.code === 'input-invalid';
}

function resultOf(outcomes: readonly (Imported | Rejected | null)[]): ImportResult {
  const items = new Map<string, Imported>();
  const rejected: Rejected[] = [];
  for (const outcome of outcomes) {
    if (outcome === null) continue;
    if ('error' in outcome) rejected.push(outcome);
    // A file named twice is one item, new if it was new either time.
    else if (!items.has(outcome.item.id) || outcome.is_new) items.set(outcome.item.id, outcome);
  }
  return { items: [...items.values()], rejected };
}
