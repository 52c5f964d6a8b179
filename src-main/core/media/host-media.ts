/** Waveforms and hashes made in the analysis host: long work on bytes that main only names. */
import type { PeaksInfo } from '../../contract/documents/media-item.ts';
import { HashOutputSchema, HashProgressSchema, PeaksOutputSchema, PeaksProgressSchema } from '../../contract/hosts/analysis.ts';
import type { PeaksInput, Programs } from '../../contract/hosts/analysis.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { HostCaller } from '../host.ts';
import { FRAMES_PER_PEAK } from './derived.ts';
import type { HashMaker, MediaSource, PeaksMaker, ToolOptions } from './ports.ts';

export class HostMedia implements PeaksMaker, HashMaker {
  readonly #host: HostCaller;
  readonly #programs: () => Promise<Programs>;

  constructor(host: HostCaller, programs: () => Promise<Programs>) {
    this.#host = host;
    this.#programs = programs;
  }

  async peaks(source: MediaSource, paths: readonly string[], { signal, onProgress }: ToolOptions): Promise<PeaksInfo> {
    const { audio, demuxer, duration_s } = source.probe;
    if (!audio) throw mediaError('noAudio', source.name);
    const input: PeaksInput = {
      programs: await this.#programs(),
      file: { path: source.path, demuxer, name: source.name },
      sample_rate: audio.sample_rate,
      channels: audio.channels,
      duration_s,
      paths: [...paths],
    };
    const onEvent = (event: unknown): void => onProgress?.(PeaksProgressSchema.parse(event).done, null);
    const { counts } = PeaksOutputSchema.parse(await this.#host.call('peaks', input, { signal, onEvent }));
    return { sample_rate: audio.sample_rate, frames_per_peak: FRAMES_PER_PEAK, levels: counts.map((count, level) => ({ level, count })) };
  }

  async sha256(path: string, { signal, onBytes }: { signal?: AbortSignal; onBytes?: (bytes: number) => void }): Promise<string> {
    const onEvent = (event: unknown): void => onBytes?.(HashProgressSchema.parse(event).bytes);
    return HashOutputSchema.parse(await this.#host.call('hash', { path }, { signal, onEvent })).sha256;
  }
}
