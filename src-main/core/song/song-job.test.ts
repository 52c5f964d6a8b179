import { expect, test } from 'vitest';

import { systemClock } from '../../adapters/clock/system-clock.ts';
import { mediaItem } from '../../../tests/fixtures/library-items.ts';
import { AppError, toAppError } from '../../contract/errors.ts';
import { mediaError } from '../../contract/text/en/media.ts';
import type { JobContext } from '../jobs/job-handler.ts';
import type { SongRecord } from './ports.ts';
import { type SongJobPorts, songHandler } from './song-job.ts';

const ended = (retryable: boolean): AppError => new AppError('host-crashed', 'The analysis process was ended by SIGSEGV.', { hint: 'The log has the details.', retryable });

/** What stays with a song whose listening fails with this. */
async function problemAfter(error: unknown, seconds = 200): Promise<string | null> {
  const { probe } = mediaItem('song', { kind: 'audio', seconds });
  const item = { path: '/slow.ogg', name: 'slow.ogg', identity: 'sha256:a', probe };
  const kept: Partial<SongRecord>[] = [];
  const ports = {
    songs: { announce: () => undefined },
    media: { source: () => item, identityOf: () => item },
    store: { analysis: () => null, change: (_: string, fields: Partial<SongRecord>) => kept.push(fields) },
    ear: { listen: () => Promise.reject(error instanceof Error ? error : new Error('No error.')) },
    model: { name: () => null },
    clock: systemClock,
  } as unknown as SongJobPorts;
  const context = { signal: new AbortController().signal, stage: () => undefined, note: () => undefined } as unknown as JobContext;
  const told = songHandler(ports).run({ media_id: 'song', again: false }, context);
  await expect(told).rejects.toBe(error);
  expect(kept).toHaveLength(1);
  return kept[0]?.problem ?? null;
}

test.each([
  ['cannot be decoded', mediaError('unreadable', 'slow.ogg', 'it holds no sound that can be decoded'), 200, /slow\.ogg cannot be read: it holds no sound.*Copy or export it again/],
  ['is away', mediaError('missing', 'slow.ogg'), 200, /slow\.ogg is not where it was.*Bring the file back/],
  ['ends the process that listens', ended(true), 200, /ended while it heard slow\.ogg.*convert it or export it again/],
  ['ends the process that listens and is hours long', ended(true), 36_000, /slow\.ogg, which is 10\.0 hours long.*shorter pieces/],
  ['needs more memory than there is', new AppError('internal', 'std::bad_alloc'), 36_000, /too little memory.*shorter pieces/],
  ['comes when the process rests', ended(false), 200, /rests now\. Analyse it again in ten minutes/],
  ['fails for a reason nobody foresaw', toAppError(new TypeError('x is undefined')), 200, /inside Kinetone while slow\.ogg was heard\. Analyse it again/],
])('a song that %s says what happened and what to do', async (_, error, seconds, said) => {
  expect(await problemAfter(error, seconds)).toMatch(said);
});

test('a listening that is cancelled leaves no problem', async () => {
  expect(await problemAfter(new DOMException('The work was cancelled.', 'AbortError'))).toBeNull();
});
