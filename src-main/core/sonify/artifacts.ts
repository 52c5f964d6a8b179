/** Files that jobs made: found by id, saved elsewhere, deleted. */
import type { Artifact } from '../../contract/documents/artifact.ts';
import { AppError } from '../../contract/errors.ts';
import type { ArtifactStore, WorkFiles } from './ports.ts';

export class Artifacts {
  readonly #store: ArtifactStore;
  readonly #files: WorkFiles;

  constructor(store: ArtifactStore, files: WorkFiles) {
    this.#store = store;
    this.#files = files;
  }

  list(filter: { mediaId?: string; projectId?: string }): Artifact[] {
    return this.#store.list(filter);
  }

  get(id: string): Artifact {
    const artifact = this.#store.get(id);
    if (!artifact) throw new AppError('not-found', 'There is no such file among the results.');
    return artifact;
  }

  pathOf(id: string): string {
    const path = this.#store.pathOf(id);
    if (path === null) throw new AppError('not-found', 'There is no such file among the results.');
    return path;
  }

  /** Where the waveform of an artifact's sound lies. */
  peaksPathOf(id: string): string {
    this.get(id);
    return this.#files.artifactPath(id, 'peaks');
  }

  /**
   * Copies to a granted path, whole or not at all.
   * @throws AppError `output-exists` unless it may be overwritten.
   */
  async saveTo(id: string, target: string): Promise<void> {
    const source = this.pathOf(id);
    const partial = this.#files.partialPath(target);
    try {
      await this.#files.requireSpace(target, this.get(id).size_bytes);
      await this.#files.copy(source, partial);
      await this.#files.publish(partial, target);
    } finally {
      await this.#files.discard(partial);
    }
  }

  /** Deletes a file that Kinetone keeps; one the user placed elsewhere is only forgotten. */
  async remove(id: string): Promise<void> {
    const path = this.pathOf(id);
    this.#store.remove(id);
    if (this.#files.isKept(path)) await this.#files.discard(path);
    await this.#files.discard(this.#files.artifactPath(id, 'peaks'));
  }

  isArtifactPath(path: string): boolean {
    return this.#store.list({}).some((artifact) => this.#store.pathOf(artifact.id) === path);
  }
}
