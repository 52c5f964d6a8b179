/** The index of a byte stream, kept beside it. */
import { z } from 'zod';

import type { AssemblyFiles, StreamIndex } from '../ports.ts';
import { keptJson } from './kept-json.ts';

const IndexSchema = z.object({
  offsets: z.array(z.number().int()),
  keys: z.array(z.number().int()),
  sizes: z.array(z.number().int()),
  parameters: z.string(),
});

/** @returns null where there is none, where it is damaged, or where the stream has another length than it says. */
export async function keptIndex(files: Pick<AssemblyFiles, 'has' | 'readText' | 'sizeOf'>, sidecar: string, stream: string): Promise<StreamIndex | null> {
  const index = IndexSchema.safeParse(await keptJson(files, sidecar));
  if (!index.success) return null;
  const size = await files.sizeOf(stream).catch(() => -1);
  return index.data.offsets.at(-1) === size ? index.data : null;
}
