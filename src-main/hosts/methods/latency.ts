/** Host method `latency`: how long sound takes out of a device and back in. Holds the sound library for some seconds. */
import { measureLatency } from '../../adapters/native/audio-devices.ts';
import { LatencyInputSchema } from '../../contract/hosts/live.ts';
import type { HostMethod } from '../../core/host.ts';

export const latencyMethod: HostMethod = (input) => {
  const { device, sample_rate: rate, buffer_frames: frames } = LatencyInputSchema.parse(input);
  return measureLatency(device, rate, frames);
};
