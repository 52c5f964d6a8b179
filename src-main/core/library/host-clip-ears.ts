/** Sounds of clips heard in the analysis host. */
import type { Programs } from '../../contract/hosts/analysis.ts';
import { type ClipSoundInput, ClipSoundOutputSchema } from '../../contract/hosts/clip-sound.ts';
import type { HostCaller } from '../host.ts';
import type { ClipEars } from './ports.ts';

export class HostClipEars implements ClipEars {
  readonly #host: HostCaller;
  readonly #programs: () => Promise<Programs>;

  constructor(host: HostCaller, programs: () => Promise<Programs>) {
    this.#host = host;
    this.#programs = programs;
  }

  async embedding({ path, name, probe }: Parameters<ClipEars['embedding']>[0], signal: AbortSignal): Promise<Float32Array | null> {
    const input: ClipSoundInput = { programs: await this.#programs(), file: { path, demuxer: probe.demuxer, name } };
    const { vector } = ClipSoundOutputSchema.parse(await this.#host.call('clipSound', input, { signal }));
    return vector.some((value) => value !== 0) ? vector : null;
  }
}
