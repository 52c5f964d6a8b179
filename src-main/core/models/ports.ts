/** What the models step needs from the disk: files found where a person said, files kept in the data folder. */
export interface FoundModelFile {
  readonly path: string;
  readonly name: string;
  readonly sizeBytes: number;
  /** Below a folder that was named, not named itself. */
  readonly isFromFolder: boolean;
}

/** Size and time of a file; while both stay, so do its bytes. */
export interface FileStamp {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
}

export interface ReceivedModelFile {
  readonly path: string;
  readonly sizeBytes: number;
}

export interface ModelFiles {
  /** Regular files at or below a path a person named; links that leave it are not followed. @throws AppError 'media-not-found', 'path-not-granted'; AbortError */
  find(given: string, signal?: AbortSignal): AsyncIterable<FoundModelFile>;
  /** @throws AppError 'request-too-large' beyond `mostBytes`, 'disk-full' */
  receive(bytes: ReadableStream<Uint8Array>, mostBytes: number, signal?: AbortSignal): Promise<ReceivedModelFile>;
  discard(path: string): Promise<void>;
  sha256(path: string, signal?: AbortSignal): Promise<string>;
  /**
   * Copies a file to where the model's lie, whole or not at all, and answers with the stamp of the copy.
   * @throws AppError 'model-damaged' when the bytes copied do not have this checksum; 'disk-full'
   */
  keep(source: string, id: string, file: { readonly name: string; readonly sha256: string }, signal?: AbortSignal): Promise<FileStamp>;
  pathOf(id: string, name: string): string;
  /** Null when there is no regular file of that name. */
  look(id: string, name: string): FileStamp | null;
  /** Stamps written when files were kept; empty where none were. */
  stamps(id: string): Promise<Readonly<Record<string, FileStamp>>>;
  saveStamps(id: string, stamps: Readonly<Record<string, FileStamp>>): Promise<void>;
  remove(id: string): Promise<void>;
}
