/**
 * The assembler alone: what a render job in a container needs and nothing else. No library, no analysis, no planner, no
 * database; the job's progress goes to whoever asked. Killed and started again on the same data folder it goes on.
 */
import { newId, systemClock } from '../adapters/clock/system-clock.ts';
import { FfmpegPrograms } from '../adapters/ffmpeg/ffmpeg-programs.ts';
import { DiskBlueprintFiles, grantRoots } from '../adapters/files/blueprint-files.ts';
import { openDataFolder } from '../adapters/files/data-folder.ts';
import { grantOutput, grantPath } from '../adapters/files/grants.ts';
import { programFiles } from '../adapters/files/program-files.ts';
import { nodeHostProcess } from '../adapters/host-process/node-host-process.ts';
import { SupervisedHost } from '../adapters/host-process/supervised-host.ts';
import type { AssemblyResult } from '../contract/documents/assembly.ts';
import { AppError } from '../contract/errors.ts';
import { blueprintInvalid, faultText } from '../contract/text/en/assembly.ts';
import { assembleHandler, outputPathOf, requireBlueprint } from '../core/assembly/index.ts';
import { silentLog } from '../core/log.ts';
import type { JobContext } from '../core/jobs/job-handler.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { assemblyPorts } from './assembly-ports.ts';

export interface AssemblerOptions {
  readonly dataDir: string | undefined;
  /** What paths are relative to. */
  readonly root: string;
  /** Null: the blueprint's `output_path`. */
  readonly output: string | null;
  readonly signal: AbortSignal;
  readonly onStage: (stage: string, done: number) => void;
  readonly onNote: (line: string) => void;
}

export interface Assembled extends AssemblyResult {
  /** Absolute path of the film. */
  readonly path: string;
}

/** @throws AppError as the job does. A file that is there already is replaced: a render job that is run again is meant to. */
export async function assembleDocument(document: unknown, options: AssemblerOptions): Promise<Assembled> {
  const blueprint = requireBlueprint(document);
  const program = programFiles(import.meta.filename);
  const folder = openDataFolder({ flag: options.dataDir });
  const inputs = new DiskBlueprintFiles(folder.root, { has: () => false });
  const { roots, missing } = await grantRoots(blueprint.roots, (await grantPath(options.root)).path, {});
  if (missing.length > 0) throw blueprintInvalid(missing.map((name) => ({ pointer: `/roots/${name}`, ...faultText.root(name) })));
  const wanted = outputPathOf(blueprint);
  if (options.output === null && wanted === null) throw new AppError('input-invalid', 'The blueprint names no output_path.', { hint: 'Name one in output_config, or give -o OUT.' });
  const path = options.output === null ? await inputs.grantOutput(roots, wanted ?? '', { mayReplace: true }) : await grantOutput(options.output, { mayReplace: true, keptFolder: folder.root });

  const ffmpeg = new FfmpegPrograms({ tether: program.tether, recordFolder: folder.programs }, () => ({ setting: null, environment: process.env, resourcesFolder: program.packaged }));
  const host = new SupervisedHost({ name: 'assembly', start: nodeHostProcess({ entry: program.assemblyHost, tether: program.tether }), clock: systemClock, log: silentLog });
  try {
    const handler = assembleHandler({
      ...assemblyPorts({ dataFolder: folder.root, ffmpeg, host, clock: systemClock }),
      inputs,
      artifacts: { add: () => undefined },
      clock: systemClock,
      newId,
      programVersion: packageJson.version,
      onResult: () => undefined,
    });
    const result = await handler.run({ blueprint, roots, output: { path, overwrite: true }, project_id: null }, contextOf(options));
    return { ...result, path };
  } finally {
    await host.stop();
  }
}

/** A job without a queue. */
function contextOf({ signal, onStage, onNote }: AssemblerOptions): Pick<JobContext, 'signal' | 'log' | 'stage' | 'note' | 'command'> & { job: JobContext['job'] } {
  const nowText = new Date(systemClock.nowMs()).toISOString();
  const job: JobContext['job'] = {
    ...{ id: 'assembler', kind: 'assemble', title: 'Assemble', state: 'running', paused: false, stage: null, stages: [], progress: 0, message: null, speed: null, eta_s: null },
    ...{ error: null, result: null, attempts: 1, max_attempts: 1, parent: null, media_id: null, project_id: null, idempotency_key: null },
    ...{ created_at: nowText, started_at: nowText, updated_at: nowText, finished_at: null },
  };
  return { job, signal, log: silentLog, stage: onStage, note: onNote, command: () => undefined };
}
