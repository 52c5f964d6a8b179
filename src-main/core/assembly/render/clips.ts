/** The files of a blueprint: found, waited for when they are missing, identified and probed, each once. */
import type { AssemblePayload } from '../../../contract/documents/assembly.ts';
import type { Blueprint, BlueprintFault } from '../../../contract/documents/blueprint.ts';
import type { Probe, VideoStream } from '../../../contract/documents/media-item.ts';
import { AppError } from '../../../contract/errors.ts';
import { assemblyText, blueprintInvalid } from '../../../contract/text/en/assembly.ts';
import type { Clock } from '../../clock.ts';
import type { AssemblyTools, BlueprintFiles, ClipHashes } from '../ports.ts';
import { inParallel } from './pool.ts';
import { type ProbeFiles, Probes } from './probes.ts';

/** Missing files are looked for again after these pauses. */
const PAUSES_MS = [1000, 2000, 4000] as const;
const AT_ONCE = 4;

export interface FoundFile {
  /** As the blueprint names it. */
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly probe: Probe;
}

export interface FoundVideo extends FoundFile {
  readonly video: VideoStream;
}

export interface FoundMedia {
  /** One per move. */
  readonly clips: readonly FoundVideo[];
  readonly song: FoundFile | null;
}

export interface ClipPorts {
  readonly tools: Pick<AssemblyTools, 'probe'>;
  readonly files: ProbeFiles;
  readonly hashes: ClipHashes;
  readonly inputs: BlueprintFiles;
  readonly clock: Clock;
}

interface Named {
  readonly pointer: string;
  readonly path: string;
}

function namedBy({ moves, audio_path: song, output_config: output }: Blueprint): Named[] {
  const clips = moves.map((move, i) => ({ pointer: `/moves/${i}/video_path`, path: move.video_path }));
  return song !== null && output.add_audio_overlay ? [...clips, { pointer: '/audio_path', path: song }] : clips;
}

/** @throws AppError 'blueprint-invalid' for paths that are refused, 'media-missing' after three more tries; both name every file. */
async function pathsOf(ports: ClipPorts, { blueprint, roots }: AssemblePayload, signal: AbortSignal, note: (line: string) => void): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const named = namedBy(blueprint);
  for (let attempt = 0; ; attempt += 1) {
    const missing = new Set<string>();
    const faults: BlueprintFault[] = [];
    for (const { pointer, path } of named) {
      if (found.has(path)) continue;
      try {
        found.set(path, await ports.inputs.find(roots, path));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        if (error.code === 'media-missing') missing.add(path);
        else faults.push({ pointer, message: error.message.replace(/\.$/, ''), hint: error.hint ?? '' });
      }
    }
    if (faults.length > 0) throw blueprintInvalid(faults);
    if (missing.size === 0) return found;
    const names = [...missing];
    const pauseMs = PAUSES_MS[attempt];
    if (pauseMs === undefined) throw new AppError('media-missing', assemblyText.missing(names), { hint: assemblyText.missingHint, details: { missing: names } });
    note(`${assemblyText.missing(names)} Looking again in ${pauseMs / 1000} s.`);
    await ports.clock.sleep(pauseMs, signal);
  }
}

/**
 * Everything the blueprint names, ready to be read.
 * @throws AppError 'blueprint-invalid', 'media-missing', 'media-unreadable', 'media-no-video', 'media-no-audio'
 */
export async function findMedia(ports: ClipPorts, payload: AssemblePayload, options: { signal: AbortSignal; note: (line: string) => void; onFound: (done: number) => void }): Promise<FoundMedia> {
  const { signal } = options;
  const paths = await pathsOf(ports, payload, signal, options.note);
  const probes = new Probes(ports);
  let done = 0;
  const files = await inParallel([...paths], AT_ONCE, signal, async ([name, path], _, stop): Promise<FoundFile> => {
    const sha256 = await ports.hashes.sha256(path, { signal: stop });
    const probe = await probes.of({ path, name, sha256 }, stop);
    done += 1;
    options.onFound(done / paths.size);
    return { name, path, sha256, probe };
  });
  const byName = new Map(files.map((file) => [file.name, file]));
  const { moves, audio_path: songName, output_config: output } = payload.blueprint;
  const clips = moves.map(({ video_path: name }): FoundVideo => {
    const file = byName.get(name) as FoundFile;
    if (!file.probe.video) throw new AppError('media-no-video', `${name} has no picture.`, { hint: 'Choose a video for this move.' });
    return { ...file, video: file.probe.video };
  });
  const song = songName === null || !output.add_audio_overlay ? null : (byName.get(songName) ?? null);
  if (song !== null && song.probe.audio === null) throw new AppError('media-no-audio', `${song.name} has no sound.`, { hint: 'Choose a song with sound, or set add_audio_overlay to false.' });
  return { clips, song };
}
