import { expect, test } from 'vitest';

import { moveRecord } from '../../../tests/fixtures/library-items.ts';
import { systemClock } from '../../adapters/clock/system-clock.ts';
import type { EnqueueRequest, Jobs } from '../jobs/job-handler.ts';
import { dueMoves } from './move-document.ts';
import { MoveLibrary, type MoveLibraryPorts } from './move-library.ts';
import type { MoveRecord } from './ports.ts';

const KEY = 'now';

function libraryOf(records: readonly MoveRecord[]): { library: MoveLibrary; asked: EnqueueRequest[] } {
  const asked: EnqueueRequest[] = [];
  const jobs = { enqueue: (request: EnqueueRequest) => (asked.push(request), { id: `job-${asked.length}` }) } as unknown as Jobs;
  const ports = { store: { list: () => [...records] }, jobs: () => jobs, clock: systemClock, analysisKey: () => KEY } as unknown as MoveLibraryPorts;
  return { library: new MoveLibrary(ports), asked };
}

test('two long lists of named clips that differ in one are two analyses, and the same clips in any order are one', () => {
  const ids = Array.from({ length: 60 }, (_, at) => `clip-number-${at + 100}`);
  const { library, asked } = libraryOf(ids.map((id) => moveRecord(id)));
  library.analyze(ids.slice(0, 59));
  library.analyze([...ids.slice(0, 58), ids[59] as string]);
  library.analyze(ids.slice(0, 59).reverse());
  const [one, other, again] = asked.map(({ dedupeKey }) => dedupeKey);
  expect([one === other, one === again, (one ?? '').length < 200]).toEqual([false, true, true]);
});

test('a few moves are read by themselves, whatever else the library holds', () => {
  const known = new Map(['a', 'b'].map((id) => [id, moveRecord(id)]));
  const store = { get: (id: string) => known.get(id) ?? null, folders: () => [], mostMovement: () => 0, list: () => expect.fail('The whole library was read.') };
  const library = new MoveLibrary({ store, analysisKey: () => KEY } as unknown as MoveLibraryPorts);
  expect(library.documents(['b', 'gone', 'a', 'b']).map(({ id }) => id)).toEqual(['b', 'a']);
  expect(library.get('a').state).toBe('none');
});

test('a clip that failed is due again when it is named, when what analyses it is another, and when its file is', () => {
  const failed = (key: string, stamp: string): MoveRecord =>
    moveRecord('clip', { analysis: { key, stamp, problem: 'broken', movement: 0, startMovement: 0, endMovement: 0, startPose: null, endPose: null } });
  const [same, older, changed] = [failed(KEY, 'bytes'), failed('before', 'bytes'), failed(KEY, 'other bytes')];
  expect([dueMoves([same], KEY, null), dueMoves([same], KEY, ['clip']), dueMoves([older], KEY, null), dueMoves([changed], KEY, null)].map((due) => due.length)).toEqual([0, 1, 1, 1]);
});
