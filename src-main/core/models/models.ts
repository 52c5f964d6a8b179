/**
 * The models of this machine: recognised by their checksums, kept in the data folder, looked at again before each use. A model
 * is never needed: whoever uses one goes on without it.
 */
import type { AddedModels, Model, ModelFile, ModelManifest, ModelSpec, VerifiedModel } from '../../contract/documents/model.ts';
import { type AppError, isAbort, toAppError } from '../../contract/errors.ts';
import { modelError } from '../../contract/text/en/models.ts';
import type { FileStamp, FoundModelFile, ModelFiles } from './ports.ts';

export interface ModelUse {
  readonly spec: ModelSpec;
  /** Absolute path of each file by its name. */
  readonly paths: Readonly<Record<string, string>>;
}

export interface ModelsParts {
  readonly manifest: ModelManifest;
  readonly files: ModelFiles;
  /** Loads a model and compares its shapes. @throws AppError 'model-unusable' */
  readonly check: (model: ModelUse, signal?: AbortSignal) => Promise<void>;
}

const isSame = (a: FileStamp, b: FileStamp | undefined): boolean => b !== undefined && a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs;

export class Models {
  readonly #manifest: ModelManifest;
  readonly #files: ModelFiles;
  readonly #check: ModelsParts['check'];

  constructor({ manifest, files, check }: ModelsParts) {
    this.#manifest = manifest;
    this.#files = files;
    this.#check = check;
  }

  list(): Promise<Model[]> {
    return Promise.all(this.#manifest.models.map((spec) => this.#stateOf(spec)));
  }

  /** Whether every file is there; their bytes are looked at in `use`. */
  isHere(id: string): boolean {
    const spec = this.#manifest.models.find((model) => model.id === id);
    return spec !== undefined && spec.files.every(({ name }) => this.#files.look(id, name) !== null);
  }

  /**
   * Adds what a file or a folder holds. What is not taken is told with its reason; of a folder, only files that have a
   * model's name or are networks.
   * @throws AppError 'media-not-found', 'path-not-granted', 'disk-full'; AbortError
   */
  async add(path: string, signal?: AbortSignal): Promise<AddedModels> {
    const added = new Set<string>();
    const rejected: AddedModels['rejected'] = [];
    let seen = 0;
    for await (const found of this.#files.find(path, signal)) {
      seen += 1;
      try {
        const spec = await this.#take(found, signal);
        if (spec !== null) added.add(spec.id);
      } catch (error) {
        if (isAbort(error)) throw error;
        const refusal = toAppError(error);
        if (!refusal.code.startsWith('model-')) throw refusal;
        rejected.push({ name: found.name, error: refusal.toBody() });
      }
    }
    if (added.size === 0 && rejected.length === 0) {
      const name = path.split(/[\\/]/).filter(Boolean).at(-1) ?? path;
      rejected.push({ name, error: modelError('unknown', name, seen === 0 ? ': it holds no file' : ', and holds none').toBody() });
    }
    return { models: await this.#states(added), rejected };
  }

  /** Adds one file by its bytes. @throws as `add`; 'request-too-large' */
  async addBytes(bytes: ReadableStream<Uint8Array>, name: string, signal?: AbortSignal): Promise<AddedModels> {
    const largest = Math.max(...this.#manifest.models.flatMap(({ files }) => files.map((file) => file.size_bytes)));
    const received = await this.#files.receive(bytes, largest, signal);
    try {
      const spec = await this.#take({ ...received, name, isFromFolder: false }, signal);
      return { models: await this.#states(new Set(spec === null ? [] : [spec.id])), rejected: [] };
    } finally {
      await this.#files.discard(received.path);
    }
  }

  /** The model's files, each as it was added. @throws AppError 'model-not-found', 'model-absent', 'model-changed' */
  async use(id: string, signal?: AbortSignal): Promise<ModelUse> {
    const spec = this.#spec(id);
    const missing = spec.files.filter(({ name }) => this.#files.look(id, name) === null).map(({ name }) => name);
    if (missing.length > 0) throw modelError('absent', spec.name, missing.length === spec.files.length ? '' : `: ${missing.join(', ')} is missing`);
    await this.#requireUnchanged(spec, signal);
    return { spec, paths: Object.fromEntries(spec.files.map(({ name }) => [name, this.#files.pathOf(id, name)])) };
  }

  /** Reads every byte again and loads every network, of one model or of all that are here. @throws AppError 'model-not-found' */
  async verify(id: string | undefined, signal?: AbortSignal): Promise<VerifiedModel[]> {
    const specs = id === undefined ? this.#manifest.models.filter((spec) => spec.files.some(({ name }) => this.#files.look(spec.id, name) !== null)) : [this.#spec(id)];
    const verified: VerifiedModel[] = [];
    for (const spec of specs) {
      const error = await this.#faultOf(spec, signal);
      verified.push({ model: await this.#stateOf(spec), error: error?.toBody() ?? null });
    }
    return verified;
  }

  /** @throws AppError 'model-not-found', 'model-absent' */
  async remove(id: string): Promise<Model> {
    const spec = this.#spec(id);
    if (!spec.files.some(({ name }) => this.#files.look(id, name) !== null)) throw modelError('absent', spec.name);
    await this.#files.remove(id);
    return this.#stateOf(spec);
  }

  #spec(id: string): ModelSpec {
    const spec = this.#manifest.models.find((model) => model.id === id);
    if (!spec) throw modelError('notFound', id);
    return spec;
  }

  #states(ids: ReadonlySet<string>): Promise<Model[]> {
    return Promise.all(this.#manifest.models.filter(({ id }) => ids.has(id)).map((spec) => this.#stateOf(spec)));
  }

  async #stateOf(spec: ModelSpec): Promise<Model> {
    const missing = spec.files.filter(({ name }) => this.#files.look(spec.id, name) === null).map(({ name }) => name);
    if (missing.length > 0) return { ...spec, state: missing.length === spec.files.length ? 'absent' : 'incomplete', missing_files: missing };
    const isChanged = await this.#requireUnchanged(spec).then(
      () => false,
      () => true,
    );
    return { ...spec, state: isChanged ? 'changed' : 'present', missing_files: [] };
  }

  /** The model a file belongs to, with the file kept; null for a file of a folder that is no model's business. */
  async #take({ path, name, sizeBytes, isFromFolder }: FoundModelFile, signal?: AbortSignal): Promise<ModelSpec | null> {
    const all = this.#manifest.models.flatMap((spec) => spec.files.map((file) => ({ spec, file })));
    const alike = all.filter(({ file }) => file.size_bytes === sizeBytes);
    const sha256 = alike.length === 0 ? null : await this.#files.sha256(path, signal);
    const match = alike.find(({ file }) => file.sha256 === sha256);
    if (match) {
      await this.#keep(match.spec, match.file, path, signal);
      return match.spec;
    }
    const namesake = all.find(({ file }) => file.name === name);
    if (namesake) throw modelError('damaged', name, differenceOf(namesake.file, sizeBytes));
    if (isFromFolder && !name.endsWith('.onnx')) return null;
    throw modelError('unknown', name);
  }

  async #keep({ id }: ModelSpec, file: ModelFile, path: string, signal?: AbortSignal): Promise<void> {
    const stamp = await this.#files.keep(path, id, file, signal);
    await this.#files.saveStamps(id, { ...(await this.#files.stamps(id)), [file.name]: stamp });
  }

  /** Bytes are read again only where size or time are not those the file was kept with. */
  async #requireUnchanged(spec: ModelSpec, signal?: AbortSignal): Promise<void> {
    const stamps = await this.#files.stamps(spec.id);
    const fresh: Record<string, FileStamp> = { ...stamps };
    for (const file of spec.files) {
      const stamp = this.#files.look(spec.id, file.name);
      if (stamp === null) throw modelError('absent', spec.name);
      if (isSame(stamp, stamps[file.name])) continue;
      await this.#requireBytes(spec, file, stamp, signal);
      fresh[file.name] = stamp;
    }
    if (spec.files.some(({ name }) => fresh[name] !== stamps[name])) await this.#files.saveStamps(spec.id, fresh);
  }

  async #requireBytes({ id }: ModelSpec, file: ModelFile, { sizeBytes }: FileStamp, signal?: AbortSignal): Promise<void> {
    const isWhole = sizeBytes === file.size_bytes && (await this.#files.sha256(this.#files.pathOf(id, file.name), signal)) === file.sha256;
    if (!isWhole) throw modelError('changed', file.name, differenceOf(file, sizeBytes));
  }

  async #faultOf(spec: ModelSpec, signal?: AbortSignal): Promise<AppError | null> {
    try {
      const use = await this.use(spec.id, signal);
      for (const file of spec.files) {
        const stamp = this.#files.look(spec.id, file.name);
        if (stamp) await this.#requireBytes(spec, file, stamp, signal);
      }
      await this.#check(use, signal);
      return null;
    } catch (error) {
      if (isAbort(error)) throw error;
      return toAppError(error);
    }
  }
}

function differenceOf({ size_bytes: expected }: ModelFile, sizeBytes: number): string {
  if (sizeBytes === expected) return 'its checksum is another';
  return `it has ${sizeBytes} bytes instead of ${expected}${sizeBytes < expected ? ', as when a copy was not finished' : ''}`;
}
