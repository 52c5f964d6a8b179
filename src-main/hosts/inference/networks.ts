/** The networks this process has loaded, each once; a file that changed is loaded again. A failed load is not kept. */
import { statSync } from 'node:fs';

import { Network } from '../../adapters/onnx/network.ts';
import type { Network as NetworkFacts } from '../../contract/hosts/inference.ts';

const loaded = new Map<string, Promise<Network>>();

export function networkOf(facts: NetworkFacts): Promise<Network> {
  const stamp = statSync(facts.path, { throwIfNoEntry: false });
  const key = `${facts.path}\n${stamp?.size ?? 0}\n${stamp?.mtimeMs ?? 0}`;
  const known = loaded.get(key);
  if (known) return known;
  const loading = Network.load(facts);
  loaded.set(key, loading);
  loading.catch(() => loaded.delete(key));
  return loading;
}
