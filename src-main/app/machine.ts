/** What doctor looks at, from the real machine. */
import type { FfmpegPrograms } from '../adapters/ffmpeg/ffmpeg-programs.ts';
import type { ProgramFiles } from '../adapters/files/program-files.ts';
import type { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import { SystemMachine } from '../adapters/machine/system-machine.ts';
import { loadedAddonPath } from '../adapters/native/addon.ts';
import type { Model } from '../contract/documents/model.ts';
import { DeviceListSchema } from '../contract/hosts/live.ts';
import type { Models } from '../core/models/index.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { DEVICES_MS } from './hosts.ts';

export interface MachineParts {
  readonly program: ProgramFiles;
  readonly ffmpeg: FfmpegPrograms;
  readonly folder: { readonly root: string };
  /** Null where the app does not open. */
  readonly models: Models | null;
}

export function machineOf({ program, folder, ffmpeg, models }: MachineParts, host: SupervisedHost): SystemMachine {
  return new SystemMachine({
    programVersion: packageJson.version,
    dataFolder: folder.root,
    models: async () => {
      const all = (await models?.list()) ?? [];
      const named = (...states: Model['state'][]): string[] => all.filter(({ state }) => states.includes(state)).map(({ name }) => name);
      return { known: all.length, here: named('present'), unusable: named('incomplete', 'changed') };
    },
    root: program.root,
    addonPath: loadedAddonPath,
    ffmpeg: async () => {
      const { ffmpeg: path, version, origin, encoders } = await ffmpeg.install();
      return { path, version, origin, encoders: await encoders() };
    },
    audio: async () => DeviceListSchema.parse(await host.call('devices', {}, { deadlineMs: DEVICES_MS })),
  });
}
