/** The files of a drop, folders with all below them, in the order a person sees them. */

function entriesOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  return new Promise((resolve, reject) => {
    // A reader gives at most a hundred entries at a time.
    const next = (): void =>
      reader.readEntries((some) => {
        if (some.length === 0) resolve(all.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true })));
        else {
          all.push(...some);
          next();
        }
      }, reject);
    next();
  });
}

async function filesBelow(entry: FileSystemEntry): Promise<File[]> {
  if (entry.name.startsWith('.')) return [];
  if (entry.isFile)
    return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const files: File[] = [];
  for (const child of await entriesOf(entry as FileSystemDirectoryEntry)) files.push(...(await filesBelow(child)));
  return files;
}

/** Must be called while the drop event is handled: the browser empties the transfer afterwards. */
export function filesOfDrop(transfer: DataTransfer): Promise<File[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const plain = [...transfer.files];
  if (entries.length === 0) return Promise.resolve(plain);
  return Promise.all(entries.map(filesBelow)).then((lists) => lists.flat());
}
