/** The job behind "Listen": a model hears the beats where one was added, then the whole song is analysed and stored. */
import { z } from 'zod';

import { type AppError, isAbort, toAppError } from '../../contract/errors.ts';
import type { BeatActivations } from '../../contract/hosts/song.ts';
import { IdSchema } from '../../contract/ids.ts';
import { SONG_VERSION } from '../../contract/limits.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { Clock } from '../clock.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { BeatModel, SongEar, SongMedia, SongSource, SongStore } from './ports.ts';
import { problemOf } from './problem.ts';
import { OWN_EAR, type Songs } from './songs.ts';

const HEARING = 'Hearing the beats';
const LISTENING = 'Listening to the song';
const PayloadSchema = z.object({ media_id: IdSchema, again: z.boolean().default(false) });

export interface SongJobPorts {
  readonly songs: Pick<Songs, 'announce'>;
  readonly media: SongMedia;
  readonly store: SongStore;
  readonly ear: SongEar;
  readonly model: BeatModel;
  readonly clock: Clock;
}

export interface SongJobResult {
  readonly tempo: number | null;
  readonly duration: number;
}

export function songHandler(ports: SongJobPorts): JobHandler<z.infer<typeof PayloadSchema>, SongJobResult> {
  return {
    kind: 'song',
    payload: PayloadSchema,
    stages: [
      { name: HEARING, weight: 0.4 },
      { name: LISTENING, weight: 0.6 },
    ],
    lane: 'quick',
    run: ({ media_id: id, again }, context) => remembering(ports, id, () => analyze(ports, id, again, context)),
  };
}

/** A failure stays with the song, so that it can be told where the song is shown. */
async function remembering(ports: SongJobPorts, id: string, work: () => Promise<SongJobResult>): Promise<SongJobResult> {
  let problem: AppError | null = null;
  try {
    return await work();
  } catch (error) {
    if (!isAbort(error)) problem = toAppError(error);
    throw error;
  } finally {
    ports.store.change(id, { problem: problem && problemOf(problem, nameOf(ports, id)) });
    // The queue ends the job after this; the list of songs is read again by then.
    setTimeout(() => announceQuietly(ports, id), 0);
  }
}

/** An item that is gone has no name of its own any more. */
function nameOf({ media }: SongJobPorts, id: string): Parameters<typeof problemOf>[1] {
  try {
    const { name, probe } = media.identityOf(id);
    return { name, durationS: probe.duration_s };
  } catch {
    return { name: id, durationS: 0 };
  }
}

/** An item that was taken out or became another file meanwhile has nothing to tell. */
function announceQuietly({ songs }: SongJobPorts, id: string): void {
  try {
    songs.announce(id);
  } catch {
    // The list of media says what became of it.
  }
}

async function analyze(ports: SongJobPorts, id: string, again: boolean, context: JobContext): Promise<SongJobResult> {
  const source = ports.media.source(id);
  if (!source.probe.audio) throw mediaError('noAudio', source.name);
  context.stage(HEARING, 0);
  const activations = await heard(ports, source, context);
  context.stage(HEARING, 1);
  const key = { identity: source.identity, version: SONG_VERSION, source: activations?.source ?? OWN_EAR };
  const done = again ? null : ports.store.analysis(key);
  const analysis = done ?? (await ports.ear.listen(source, activations, { signal: context.signal, onProgress: (part) => context.stage(LISTENING, part), onNote: (line) => context.note(line) }));
  // The full hash may have become known meanwhile.
  if (done === null) ports.store.put({ ...key, identity: ports.media.identityOf(id).identity }, analysis, ports.clock.nowMs());
  context.stage(LISTENING, 1);
  return { tempo: analysis.tempo, duration: analysis.duration };
}

/** What a model hears; a model that cannot be used costs accuracy, not the analysis. */
async function heard({ model }: SongJobPorts, source: SongSource, context: JobContext): Promise<BeatActivations | null> {
  if (model.name() === null) return null;
  try {
    return await model.activations(source, { signal: context.signal, onProgress: (part) => context.stage(HEARING, part), onNote: (line) => context.note(line) });
  } catch (error) {
    if (isAbort(error) || context.signal.aborted || toAppError(error).retryable) throw error;
    context.note(`Without the model: ${toAppError(error).message}`);
    return null;
  }
}
