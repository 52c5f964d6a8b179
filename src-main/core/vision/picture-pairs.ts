/** The optical flow of a pair of pictures, made when it is asked for and not kept. */
import { AppError } from '../../contract/errors.ts';
import { FlowOutputSchema } from '../../contract/hosts/analysis.ts';
import type { FlowInput } from '../../contract/hosts/analysis.ts';
import { MAX_FLOW_PIXELS } from '../../contract/limits.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { HostCaller } from '../host.ts';
import { floBytes } from './flo-file.ts';
import type { AnalysisMedia, FindPrograms, VideoSource } from './ports.ts';

export interface PicturePairPorts {
  readonly media: AnalysisMedia;
  readonly host: HostCaller;
  readonly programs: FindPrograms;
}

function sizeOf({ name, probe: { video } }: VideoSource): { width: number; height: number } {
  if (!video) throw mediaError('noVideo', name, 'it is sound only');
  return { width: video.display_width, height: video.display_height };
}

const fileOf = (source: VideoSource): FlowInput['from'] => ({ path: source.path, demuxer: source.probe.demuxer, name: source.name });

export class PicturePairs {
  readonly #ports: PicturePairPorts;

  constructor(ports: PicturePairPorts) {
    this.#ports = ports;
  }

  /**
   * Where each pixel of the first picture is in the second, as a Middlebury .flo file. Of a video its first frame counts.
   * @throws AppError 'media-not-found', 'media-missing', 'media-no-video', 'media-unreadable'; 'input-invalid' when the sizes
   * differ, 'media-too-large-picture'.
   */
  async floFile(fromId: string, toId: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    const { media, host, programs } = this.#ports;
    const [from, to] = [media.source(fromId), media.source(toId)];
    const { width, height } = sizeOf(from);
    const other = sizeOf(to);
    if (other.width !== width || other.height !== height) {
      throw new AppError('input-invalid', `${from.name} has ${width}×${height} pixels and ${to.name} ${other.width}×${other.height}: the pictures of a pair have one size.`, { hint: 'Scale one of them to the size of the other.' });
    }
    if (width * height > MAX_FLOW_PIXELS) {
      throw new AppError('media-too-large-picture', `${from.name} has ${width}×${height} pixels; flow is made of at most ${MAX_FLOW_PIXELS / 2 ** 20} megapixels.`, { hint: 'Scale the pictures down first.' });
    }
    const input: FlowInput = { programs: await programs(), from: fileOf(from), to: fileOf(to), width, height };
    const { vectors } = FlowOutputSchema.parse(await host.call('flow', input, { signal }));
    return floBytes(vectors, width, height);
  }
}
