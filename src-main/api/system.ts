/** The operations on the program itself; the event stream has its own file. */
import type { DoctorReport, SystemInfo } from '../contract/documents/system.ts';
import { AppError } from '../contract/errors.ts';
import type { systemOperations } from '../contract/operations/system.ts';
import type { SettingsStore } from '../core/settings.ts';
import { givenFields } from './given-fields.ts';
import type { HandlersOf } from './handler.ts';

type SystemHandlers = HandlersOf<Omit<typeof systemOperations, 'streamEvents'>>;

export interface SystemServices {
  readonly version: string;
  readonly platform: string;
  readonly workspaces: SystemInfo['workspaces'];
  readonly settings: SettingsStore;
  doctor(): Promise<DoctorReport>;
  /** Enqueues the demo. @returns the id of its job. */
  startDemo(): string;
}

export function systemHandlers(services: SystemServices): SystemHandlers {
  const { version, platform, workspaces, settings } = services;
  return {
    getSystem: (_, { door }) => ({ version, door, platform, has_native_paths: door === 'electron', workspaces }),
    getDoctor: () => services.doctor(),
    getSettings: () => settings.read(),
    saveSettings: ({ body }, { door }) => {
      // It names a program that is started: a page in a browser may not, whatever runs in it.
      if (door === 'browser' && body.ffmpeg_path !== undefined) {
        throw new AppError('request-forbidden', 'A page in the browser cannot choose which FFmpeg is started.', {
          hint: 'Set FFMPEG_PATH before starting Kinetone, or use the desktop program.',
        });
      }
      return settings.change(givenFields(body));
    },
    startDemo: () => ({ job_id: services.startDemo() }),
  };
}
