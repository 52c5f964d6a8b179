/** The seed's tasks: a song made ready, a job queued, its state in the seed's words. */
import type { ChoreographyTask, GenerateFromSong, GenerateWithAi } from '../../contract/documents/choreography-task.ts';
import { TaskResultSchema } from '../../contract/documents/choreography-task.ts';
import type { Job } from '../../contract/documents/job.ts';
import { AppError, isAbort, toAppError } from '../../contract/errors.ts';
import { choreographyText as say } from '../../contract/text/en/choreography.ts';
import type { Jobs } from '../jobs/job-handler.ts';
import type { Log } from '../log.ts';
import type { Choreographer } from './choreographer.ts';
import { type ChoreographyPayload, choreographyJob } from './choreography-job.ts';
import type { SongSource } from './ports.ts';

export interface TaskPorts {
  readonly choreographer: Choreographer;
  readonly songs: SongSource;
  readonly jobs: () => Jobs;
  readonly log: Log;
}

type Started = Pick<ChoreographyTask, 'task_id' | 'status'>;

export class ChoreographyTasks {
  readonly #ports: TaskPorts;

  constructor(ports: TaskPorts) {
    this.#ports = ports;
  }

  /** @throws AppError 'song-unreadable' (400) when the song cannot be analysed: there is no task then; 'media-not-found' */
  async fromSong({ song_id: named, difficulty, energy_level, style, seed }: GenerateFromSong, signal: AbortSignal): Promise<Started> {
    const songId = this.#ports.songs.idOf(named);
    const parameters = { ...(difficulty && { difficulty }), ...(energy_level && { energy_level }), ...(style && { style }) };
    return this.#started({ song_id: songId, text: null, parameters, seed, use_gemini: false }, signal);
  }

  /** As `fromSong`; a song is chosen by the words where none is named. @throws also AppError 'choreography-impossible' without any song */
  async fromWords({ query, song_id: named, seed, use_gemini }: GenerateWithAi, signal: AbortSignal): Promise<Started> {
    const songId = named === undefined ? this.#ports.choreographer.suggestSongs(query, 1)[0]?.song_id : this.#ports.songs.idOf(named);
    if (songId === undefined) throw new AppError('choreography-impossible', say.error.noSong.message, { hint: say.error.noSong.hint });
    return this.#started({ song_id: songId, text: query, parameters: {}, seed, use_gemini }, signal);
  }

  /** @throws AppError 'job-not-found' for anything that is no task */
  get(id: string): ChoreographyTask {
    const job = this.#ports.jobs().get(id);
    if (job.kind !== 'choreography') throw new AppError('job-not-found', 'There is no such task.', { details: { id } });
    return taskOf(job);
  }

  async #started(payload: ChoreographyPayload, signal: AbortSignal): Promise<Started> {
    await this.#analyzed(payload.song_id, signal);
    const job = this.#ports.jobs().enqueue(choreographyJob(payload, this.#ports.songs.name(payload.song_id)));
    return { task_id: job.id, status: job.state };
  }

  async #analyzed(songId: string, signal: AbortSignal): Promise<void> {
    try {
      await this.#ports.songs.analyzed(songId, signal);
    } catch (error) {
      if (isAbort(error) && signal.aborted) throw error;
      const { code, message, hint } = toAppError(error);
      const name = this.#ports.songs.name(songId);
      this.#ports.log.error({ err: error, song_id: songId }, 'a song could not be analysed; no task was made');
      const text = say.error.songFailed(name, message);
      throw new AppError('song-unreadable', text.message, { hint: hint ?? text.hint, details: { song_id: songId, name, code }, cause: error });
    }
  }
}

function taskOf({ id, state, progress, stage, message, error, result, media_id }: Job): ChoreographyTask {
  const made = state === 'completed' ? (TaskResultSchema.safeParse(result).data ?? null) : null;
  return {
    task_id: id,
    status: state,
    progress,
    stage,
    message,
    error: error === null ? null : [error.message, error.hint].filter((part) => part !== undefined).join(' '),
    song_id: media_id,
    video_url: made?.video_url ?? null,
    duration: made?.duration ?? null,
    file_size: made?.file_size ?? null,
    result: made,
  };
}
