/**
 * The one data folder and what lies where in it. Chosen by --data-dir, then KINETONE_DATA_DIR, then the platform's place:
 * XDG Base Directory on Linux, Application Support on macOS, %LOCALAPPDATA% on Windows.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';

import { AppError } from '../../contract/errors.ts';
import { diskFull, isFull } from './io-errors.ts';

export interface DataFolder {
  readonly root: string;
  readonly database: string;
  /** Uploaded files, one per id, without extension: their demuxer is known. */
  readonly originals: string;
  /** Uploads on their way. */
  readonly incoming: string;
  /** What was made from media, a folder per key. */
  readonly derived: string;
  readonly artifacts: string;
  readonly models: string;
  /** LanceDB's tables of embeddings; made when there are some. */
  readonly vectors: string;
  readonly logs: string;
  /** Records of running programs. */
  readonly programs: string;
}

export interface DataFolderChoice {
  /** --data-dir */
  readonly flag?: string | undefined;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly platform?: NodeJS.Platform;
}

function platformFolder(platform: NodeJS.Platform, environment: Readonly<Record<string, string | undefined>>): string {
  const home = environment['HOME'] ?? homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Kinetone');
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Kinetone');
  const data = environment['XDG_DATA_HOME'];
  return join(data?.startsWith('/') ? data : join(home, '.local', 'share'), 'kinetone');
}

/** The path the choice names; nothing is made. @throws AppError 'input-invalid' for a name no system takes. */
export function chooseDataFolder({ flag, environment = process.env, platform = process.platform }: DataFolderChoice): string {
  const named = flag ?? environment['KINETONE_DATA_DIR'];
  if (named === undefined || named === '') return platformFolder(platform, environment);
  if (named.includes('\0')) throw new AppError('input-invalid', 'The name of the data folder holds a NUL.', { hint: 'Give another --data-dir.' });
  return resolve(named);
}

/**
 * Makes the data folder where it is missing, for this user alone, and makes sure that it can be written.
 * @throws AppError 'data-folder-read-only', 'disk-full'
 */
export function openDataFolder(choice: DataFolderChoice): DataFolder {
  const root = chooseDataFolder(choice);
  const folder = layoutOf(root);
  try {
    makeFolders(root);
    const parts = [folder.originals, folder.incoming, folder.derived, folder.artifacts, folder.models, folder.logs, folder.programs];
    for (const part of parts) mkdirSync(part, { recursive: true, mode: 0o700 });
    const probe = join(root, `.write-test-${randomBytes(6).toString('hex')}`);
    writeFileSync(probe, '');
    rmSync(probe);
    return folder;
  } catch (error) {
    if (isFull(error)) throw diskFull(error);
    throw new AppError('data-folder-read-only', `The data folder ${root} cannot be written.`, {
      hint: 'Allow writing to it, or choose another with --data-dir or KINETONE_DATA_DIR.',
      cause: error,
      details: { path: root },
    });
  }
}

/** Step by step: where a folder can never be made (below /proc), Node's own recursion does not end. */
function makeFolders(path: string): void {
  if (existsSync(path)) return;
  makeFolders(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/** The folder, or the nearest one above it that is there. */
export function nearestFolder(path: string): string {
  return existsSync(path) ? path : nearestFolder(dirname(path));
}

function layoutOf(root: string): DataFolder {
  return {
    root,
    database: join(root, 'kinetone.sqlite'),
    originals: join(root, 'media', 'originals'),
    incoming: join(root, 'media', 'incoming'),
    derived: join(root, 'media', 'derived'),
    artifacts: join(root, 'artifacts'),
    models: join(root, 'models'),
    vectors: join(root, 'library.lance'),
    logs: join(root, 'logs'),
    programs: join(root, 'run', 'programs'),
  };
}
