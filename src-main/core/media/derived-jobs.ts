/** The jobs on media items, one stage each: full hash, poster, filmstrip, waveform, playable copy. */
import { z } from 'zod';

import type { JobKind } from '../../contract/documents/job.ts';
import { IdSchema } from '../../contract/ids.ts';
import { AppError } from '../../contract/errors.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import type { DerivedLibrary } from './derived-library.ts';
import { fullIdentity, isUnchanged } from './identity.ts';
import type { MediaLibrary } from './media-library.ts';
import type { DerivedFiles, HashMaker, MediaFiles, ToolOptions } from './ports.ts';

const PayloadSchema = z.object({ media_id: IdSchema });
type Payload = z.infer<typeof PayloadSchema>;

/** Something stored under the identity of bytes. */
export interface Contents {
  /** Moves what is stored under one identity to another (the full hash has become known). */
  adopt(from: string, to: string): void;
}

export interface DerivedJobPorts {
  readonly library: MediaLibrary;
  readonly derived: DerivedLibrary;
  readonly hashes: HashMaker;
  readonly files: Pick<MediaFiles, 'look'>;
  readonly derivedFiles: Pick<DerivedFiles, 'remove'>;
  /** What is stored by content, other than derived files. */
  readonly contents: readonly Contents[];
}

/** A handler of one stage whose work reports 0..1. */
function handler(kind: JobKind, stage: string, lane: JobHandler['lane'], work: (id: string, context: JobContext, report: ToolOptions) => Promise<unknown>): JobHandler<Payload> {
  return {
    kind,
    payload: PayloadSchema,
    stages: [{ name: stage, weight: 1 }],
    lane,
    run: async ({ media_id: id }, context) => {
      context.stage(stage, 0);
      const result = await work(id, context, {
        signal: context.signal,
        onProgress: (done, speed) => context.stage(stage, done, speed === null ? {} : { speed }),
        onCommand: (program, args) => context.command(program, args),
      });
      context.stage(stage, 1);
      return result ?? {};
    },
  };
}

/** Reads the whole file once; from then on the item, and what was made from it, goes by its SHA-256. */
async function identify(ports: DerivedJobPorts, id: string, { signal }: JobContext, { onProgress }: ToolOptions): Promise<{ sha256: string }> {
  const before = ports.library.record(id);
  const { path } = ports.library.source(id);
  const onBytes = (bytes: number): void => onProgress?.(Math.min(1, bytes / Math.max(1, before.sizeBytes)), null);
  const sha256 = before.sha256 ?? (await ports.hashes.sha256(path, { signal, onBytes }));
  const now = ports.files.look(path);
  if (now === null || !isUnchanged(before, now)) {
    throw new AppError('media-missing', `${before.name} changed while it was read.`, { hint: 'Import it again when it is finished.' });
  }
  // In this order a kill in between is made good by the next attempt: the item still goes by its old identity then.
  if (before.identity !== fullIdentity(sha256)) for (const contents of ports.contents) contents.adopt(before.identity, fullIdentity(sha256));
  const spare = ports.library.identify(id, sha256);
  for (const folder of spare) await ports.derivedFiles.remove(folder);
  ports.library.changed(id);
  return { sha256 };
}

/** All of them; the queue refuses to start when one is missing. */
export function derivedHandlers(ports: DerivedJobPorts): JobHandler<Payload>[] {
  const { derived } = ports;
  return [
    handler('media-hash', 'Reading the file', 'quick', (id, context, report) => identify(ports, id, context, report)),
    handler('media-poster', 'Making the poster', 'quick', (id, _, report) => derived.makePoster(id, report)),
    handler('media-filmstrip', 'Making the filmstrip', 'quick', (id, _, report) => derived.makeFilmstrip(id, report)),
    handler('media-peaks', 'Drawing the waveform', 'quick', (id, _, report) => derived.makePeaks(id, report)),
    handler('media-proxy', 'Making a playable copy', 'heavy', (id, _, report) => derived.makeProxy(id, report)),
  ];
}
