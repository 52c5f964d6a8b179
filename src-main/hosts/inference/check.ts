/** Host method `check`: loads networks, compares their shapes, and lets them go. */
import { Network } from '../../adapters/onnx/network.ts';
import { CheckInputSchema } from '../../contract/hosts/inference.ts';
import type { HostMethod } from '../../core/host.ts';

export const checkMethod: HostMethod = async (raw, { signal }): Promise<null> => {
  for (const facts of CheckInputSchema.parse(raw).networks) {
    signal.throwIfAborted();
    await (await Network.load(facts)).release();
  }
  return null;
};
