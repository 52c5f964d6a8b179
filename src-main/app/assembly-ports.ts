/** What films are made with, in the studio and in the assembler alone: FFmpeg, files, and one host process. */
import { availableParallelism } from 'node:os';

import { FfmpegAssemblyTools } from '../adapters/ffmpeg/assembly-tools.ts';
import type { FfmpegPrograms } from '../adapters/ffmpeg/ffmpeg-programs.ts';
import { DataAssemblyFiles } from '../adapters/files/assembly-files.ts';
import { KeptHashes } from '../adapters/files/kept-hashes.ts';
import { HostMaster } from '../core/assembly/index.ts';
import type { Clock } from '../core/clock.ts';
import type { HostCaller } from '../core/host.ts';

export interface AssemblyGround {
  readonly dataFolder: string;
  readonly ffmpeg: FfmpegPrograms;
  readonly host: HostCaller & { begin(): void };
  readonly clock: Clock;
}

export function assemblyPorts({ dataFolder, ffmpeg, host, clock }: AssemblyGround) {
  const methods = new HostMaster(host);
  const files = new DataAssemblyFiles(dataFolder);
  return {
    tools: new FfmpegAssemblyTools(ffmpeg),
    files,
    hashes: new KeptHashes(files.copies, methods, clock),
    sound: methods,
    warmUp: () => {
      ffmpeg.begin();
      host.begin();
    },
    cores: availableParallelism(),
  };
}
