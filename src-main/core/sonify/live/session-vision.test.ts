/** What a session keeps of what it saw: no more than it may, the newest numbers, each frame once. */
import { expect, test } from 'vitest';

import { frameAt } from '../../../../tests/fixtures/sound-host.ts';
import { MemorySessionStore } from './memory-session-store.ts';
import { SessionVision, type SessionVisionPorts } from './session-vision.ts';

test('beyond the limit the frames with the lowest numbers go, and a frame stored again counts once', async () => {
  const store = new MemorySessionStore();
  const session = { document: { source: { kind: 'camera' } } };
  // Storing asks for the session’s source alone.
  const ports = { sessions: { get: () => session }, store, eye: null, features: null, mostFrames: 3 } as unknown as SessionVisionPorts;
  const vision = new SessionVision(ports);
  for (const frame of [5, 6, 6, 6, 7, 9, 8]) await vision.store('a', frame, frameAt(frame), false);
  expect(vision.series('a', 0, 20)).toMatchObject({ frames: [{ frame: 7 }, { frame: 8 }, { frame: 9 }], missing: [[0, 6], [10, 20]] });
});
