/** What everything else stands on: folder, lock, log, database, settings, FFmpeg, events. */
import { systemClock } from '../adapters/clock/system-clock.ts';
import { FfmpegPrograms } from '../adapters/ffmpeg/ffmpeg-programs.ts';
import { type DataFolder, openDataFolder } from '../adapters/files/data-folder.ts';
import { type ProgramFiles, programFiles } from '../adapters/files/program-files.ts';
import { type FileLog, createFileLog } from '../adapters/log/pino-log.ts';
import { type DataFolderLock, lockDataFolder } from '../adapters/sqlite/data-folder-lock.ts';
import { type SqliteDatabase, openDatabase } from '../adapters/sqlite/database.ts';
import { createSettingsStore } from '../adapters/sqlite/settings-repository.ts';
import { EventHub } from '../api/index.ts';
import type { SettingsStore } from '../core/settings.ts';

/** What outlives a request and is closed in the end. */
export interface Ground {
  readonly program: ProgramFiles;
  readonly folder: DataFolder;
  readonly lock: DataFolderLock | null;
  readonly log: FileLog;
  readonly database: SqliteDatabase;
  readonly events: EventHub;
  readonly ffmpeg: FfmpegPrograms;
  readonly settings: SettingsStore;
}

/** What of the options of the app the ground is laid by. */
export interface GroundOptions {
  readonly dataDir: string | undefined;
  readonly role: 'studio' | 'command' | 'query';
}

/** @throws AppError 'data-folder-in-use', 'data-folder-read-only', 'database-newer', 'database-corrupt', 'disk-full' */
export function openGround(options: GroundOptions, entry: string): Ground {
  const program = programFiles(entry);
  const folder = openDataFolder({ flag: options.dataDir });
  const lock = options.role === 'studio' ? lockDataFolder(folder.root) : null;
  try {
    const log = createFileLog(folder.logs, options.role === 'studio' ? 'studio' : 'command');
    const database = openDatabase(folder.database, { log: log.child({ scope: 'sqlite' }) });
    const settings = createSettingsStore(database);
    const ffmpeg = new FfmpegPrograms({ tether: program.tether, recordFolder: folder.programs }, () => ({
      setting: settings.read().ffmpeg_path,
      environment: process.env,
      resourcesFolder: program.packaged,
    }));
    return { program, folder, lock, log, database, settings, ffmpeg, events: new EventHub({ firstSeq: systemClock.nowMs() }) };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

export function closeGround({ events, database, lock, log }: Ground): void {
  events.close();
  database.close();
  lock?.release();
  log.close();
}
