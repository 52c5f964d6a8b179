/** Host method `hash`: SHA-256 of a file of any size, read in pieces. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

import { HashInputSchema } from '../../contract/hosts/analysis.ts';
import type { HashOutput } from '../../contract/hosts/analysis.ts';
import type { HostMethod } from '../../core/host.ts';

const PIECE_BYTES = 1 << 20;
const REPORT_BYTES = 64 << 20;

export const hashMethod: HostMethod = async (input, { signal, emit }): Promise<HashOutput> => {
  const { path } = HashInputSchema.parse(input);
  const hash = createHash('sha256');
  let bytes = 0;
  let reported = 0;
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES, signal }) as AsyncIterable<Buffer>) {
    hash.update(piece);
    bytes += piece.length;
    if (bytes - reported >= REPORT_BYTES) {
      reported = bytes;
      emit({ bytes });
    }
  }
  return { sha256: hash.digest('hex'), size_bytes: bytes };
};
