/** What doctor looks at, from the real machine. */
import type { FfmpegPrograms } from '../adapters/ffmpeg/ffmpeg-programs.ts';
import type { ProgramFiles } from '../adapters/files/program-files.ts';
import type { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import { SystemMachine } from '../adapters/machine/system-machine.ts';
import { loadedAddonPath } from '../adapters/native/addon.ts';
import { DeviceListSchema } from '../contract/hosts/live.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { DEVICES_MS } from './hosts.ts';

export interface MachineParts {
  readonly program: ProgramFiles;
  readonly ffmpeg: FfmpegPrograms;
  readonly folder: { readonly root: string; readonly models: string };
}

export function machineOf({ program, folder, ffmpeg }: MachineParts, host: SupervisedHost): SystemMachine {
  return new SystemMachine({
    programVersion: packageJson.version,
    dataFolder: folder.root,
    modelsFolder: folder.models,
    root: program.root,
    addonPath: loadedAddonPath,
    ffmpeg: async () => {
      const { ffmpeg: path, version, origin, encoders } = await ffmpeg.install();
      return { path, version, origin, encoders };
    },
    audio: async () => DeviceListSchema.parse(await host.call('devices', {}, { deadlineMs: DEVICES_MS })),
  });
}
