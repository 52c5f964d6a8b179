/** Clips described in the analysis host: an hour of movement is seconds of arithmetic. */
import type { PoseSeries } from '../../contract/documents/pose.ts';
import { type ClipDescription, ClipDescriptionSchema, type DescribeClipInput } from '../../contract/hosts/clip-description.ts';
import type { HostCaller } from '../host.ts';
import type { ClipDescriber } from './ports.ts';

export class HostClipDescriber implements ClipDescriber {
  readonly #host: HostCaller;

  /** @param host  one that may ask for `features.chunk` */
  constructor(host: HostCaller) {
    this.#host = host;
  }

  async describe(mediaId: string, poses: PoseSeries | null, signal: AbortSignal): Promise<ClipDescription> {
    const input: DescribeClipInput = { media_id: mediaId, poses };
    return ClipDescriptionSchema.parse(await this.#host.call('describeClip', input, { signal }));
  }
}
