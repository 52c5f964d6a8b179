/** Host method `flow`: the dense optical flow from one picture to another. */
import { decodeGrey } from '../../adapters/ffmpeg/decode-grey.ts';
import { opticalFlow } from '../../adapters/native/vision.ts';
import { FlowInputSchema } from '../../contract/hosts/analysis.ts';
import type { FlowOutput } from '../../contract/hosts/analysis.ts';
import type { HostMethod } from '../../core/host.ts';

export const flowMethod: HostMethod = async (input, { signal }): Promise<FlowOutput> => {
  const { programs, from, to, width, height } = FlowInputSchema.parse(input);
  const decode = (file: typeof from): Promise<Uint8Array> => decodeGrey({ launcher: programs, ffmpeg: programs.ffmpeg, file, width, height, signal });
  const [first, second] = [await decode(from), await decode(to)];
  const vectors = new Float32Array(width * height * 2);
  await opticalFlow(first, second, width, height, vectors);
  return { vectors };
};
