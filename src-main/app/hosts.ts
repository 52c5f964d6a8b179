/** The host processes of the product, what each is for, and what it may ask back. */
import type { StartHostProcess } from '../adapters/host-process/host-process.ts';
import { IdleHost } from '../adapters/host-process/idle-host.ts';
import { nodeHostProcess } from '../adapters/host-process/node-host-process.ts';
import { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import { systemClock } from '../adapters/clock/system-clock.ts';
import type { ProgramFiles } from '../adapters/files/program-files.ts';
import type { HostMethod, HostMethods } from '../core/host.ts';
import type { Log } from '../core/log.ts';

/** A sound library that hangs is what doctor is to find, not to wait for. */
export const DEVICES_MS = 15_000;

const VECTORS_IDLE_MS = 30_000;

export interface HostParts {
  readonly program: ProgramFiles;
  readonly log: Log;
  readonly startHost?: ((entry: string) => StartHostProcess) | undefined;
  readonly chunk: HostMethod;
  readonly rows: HostMethod;
}

/** One for analysis and files, one for renders and one for previews, so that none waits behind another; one for each ear and eye. */
export function openHosts({ program, log, startHost = (entry) => nodeHostProcess({ entry, tether: program.tether }), chunk, rows }: HostParts) {
  const host = (name: string, methods: HostMethods, entry = program.analysisHost): SupervisedHost =>
    new SupervisedHost({ name, start: startHost(entry), methods, clock: systemClock, log: log.child({ scope: 'host' }) });
  // Lists devices and looks at frames: never in the way of sound, an analysis or a render.
  const vision = host('vision', {});
  return {
    analysis: host('analysis', { 'features.chunk': chunk }),
    sound: host('sound', { 'features.chunk': chunk }),
    preview: host('preview', { 'features.chunk': chunk }),
    vision,
    // Models have their own library and memory.
    inference: host('inference', {}, program.inferenceHost),
    // LanceDB takes a hundred megabytes and is needed when a library is opened or changed.
    vectors: new IdleHost(() => host('vectors', {}, program.vectorHost), VECTORS_IDLE_MS),
    audio: host('audio', { 'features.rows': rows, devices: (input) => vision.call('devices', input, { deadlineMs: DEVICES_MS }) }, program.audioHost),
  };
}
export type Hosts = ReturnType<typeof openHosts>;
