/** Songs heard in the analysis host: decoding and listening share a process, so samples never cross one. */
import { SongOutputSchema, SongProgressSchema } from '../../contract/hosts/song.ts';
import type { BeatActivations, SongInput } from '../../contract/hosts/song.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import type { Programs } from '../../contract/hosts/analysis.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { HostCaller } from '../host.ts';
import type { ListenOptions, SongEar, SongSource } from './ports.ts';

export class HostEar implements SongEar {
  readonly #host: HostCaller;
  readonly #programs: () => Promise<Programs>;

  constructor(host: HostCaller, programs: () => Promise<Programs>) {
    this.#host = host;
    this.#programs = programs;
  }

  async listen({ path, name, probe }: SongSource, activations: BeatActivations | null, { signal, onProgress, onNote }: ListenOptions): Promise<SongAnalysis> {
    if (!probe.audio) throw mediaError('noAudio', name);
    const input: SongInput = { programs: await this.#programs(), file: { path, demuxer: probe.demuxer, name }, duration_s: probe.duration_s, activations };
    const onEvent = (event: unknown): void => onProgress(SongProgressSchema.parse(event).done);
    const { analysis, complaint } = SongOutputSchema.parse(await this.#host.call('song', input, { signal, onEvent }));
    if (complaint !== null) onNote?.(`FFmpeg: ${complaint}`);
    return analysis;
  }
}
