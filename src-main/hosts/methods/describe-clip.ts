/** Host method `describeClip`: takes a clip's features chunk by chunk and answers what its movement is. */
import { type ClipDescription, DescribeClipInputSchema } from '../../contract/hosts/clip-description.ts';
import { type FeatureChunk, FeatureChunkOutputSchema } from '../../contract/hosts/sound.ts';
import type { HostMethod } from '../../core/host.ts';
import { describeClip } from '../../core/library/describe-clip.ts';

function joined(chunks: readonly FeatureChunk[]): FeatureChunk {
  const sum = (of: (chunk: FeatureChunk) => number): number => chunks.reduce((total, chunk) => total + of(chunk), 0);
  const [rows, timestamps] = [new Float32Array(sum((chunk) => chunk.rows.length)), new Float64Array(sum((chunk) => chunk.timestamps.length))];
  let [row, time] = [0, 0];
  for (const chunk of chunks) {
    rows.set(chunk.rows, row);
    timestamps.set(chunk.timestamps, time);
    row += chunk.rows.length;
    time += chunk.timestamps.length;
  }
  return { rows, timestamps };
}

export const describeClipMethod: HostMethod = async (input, { caller, signal }): Promise<ClipDescription> => {
  const { media_id: id, poses } = DescribeClipInputSchema.parse(input);
  const chunks: FeatureChunk[] = [];
  for (;;) {
    signal.throwIfAborted();
    const chunk = FeatureChunkOutputSchema.parse(await caller.call('features.chunk', { media_id: id, index: chunks.length }));
    if (chunk === null || chunk.timestamps.length === 0) break;
    chunks.push(chunk);
  }
  return describeClip(joined(chunks), poses);
};
