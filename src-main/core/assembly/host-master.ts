/** The methods of a host process that assembly uses: hashing of clips, and the loudness of the finished sound. */
import { HashOutputSchema } from '../../contract/hosts/analysis.ts';
import { type MasterInput, type MasterOutput, MasterOutputSchema } from '../../contract/hosts/sound.ts';
import type { HostCaller } from '../host.ts';
import type { ClipHashes, RunOptions, SoundMaster } from './ports.ts';

export class HostMaster implements SoundMaster, ClipHashes {
  readonly #host: HostCaller;

  constructor(host: HostCaller) {
    this.#host = host;
  }

  async master({ samples: _samples, sample_rate: _rate, ...message }: MasterInput & { samples: number; sample_rate: number }, { signal }: RunOptions): Promise<MasterOutput> {
    return MasterOutputSchema.parse(await this.#host.call('master', message, { signal }));
  }

  async sha256(path: string, { signal }: { signal?: AbortSignal }): Promise<string> {
    return HashOutputSchema.parse(await this.#host.call('hash', { path }, signal === undefined ? {} : { signal })).sha256;
  }
}
