/** Garbage at every border: damaged films as uploads, arbitrary bodies to every operation. Nothing answers 500, nothing dies. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { OperationSpec } from '../../src-main/contract/operation.ts';
import { allOperations } from '../../src-main/contract/operations/index.ts';
import { film } from '../fixtures/films.ts';
import { type Serving, serve, temporaryFolder } from '../fixtures/program.ts';
import { SLACK_MS, soakMs } from './duration.ts';

const folder = temporaryFolder('fuzz');
let serving: Serving;
let bytes: Buffer;
beforeAll(async () => {
  bytes = readFileSync(film(folder.path, 'film.mp4', { seconds: 1, size: '160x90', toneHz: 100 }));
  serving = await serve({ dataDir: join(folder.path, 'data') });
});
afterAll(async () => {
  await serving.stop();
  folder.remove();
});

/** A film with stretches overwritten, cut or repeated. */
const damaged = fc
  .array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), kind: fc.constantFrom('noise', 'cut', 'repeat'), data: fc.uint8Array({ minLength: 1, maxLength: 64 }) }), { minLength: 1, maxLength: 8 })
  .map((faults) =>
    faults.reduce((film, { at, kind, data }) => {
      const place = Math.floor(at * film.length);
      const head = film.subarray(0, place);
      if (kind === 'cut') return Buffer.concat([head, film.subarray(place + data.length * 8)]);
      if (kind === 'repeat') return Buffer.concat([head, film.subarray(Math.max(0, place - 256))]);
      return Buffer.concat([head, data, film.subarray(place + data.length)]);
    }, Buffer.from(bytes)),
  );

test('damaged films are taken or refused with a reason', { timeout: soakMs + SLACK_MS }, async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async (film) => {
      const response = await serving.fetch('/api/media/upload?name=damaged.mp4', { method: 'POST', body: new Uint8Array(film), headers: { 'content-type': 'application/octet-stream' } });
      expect(response.status).toBe(200);
      const { items, rejected } = (await response.json()) as { items: unknown[]; rejected: { error: { code: string; message: string } }[] };
      expect(items.length + rejected.length).toBe(1);
      expect(rejected.filter(({ error }) => error.code === 'internal')).toEqual([]);
    }),
    { numRuns: 10_000, interruptAfterTimeLimit: soakMs / 2 },
  );
});

const specs = Object.values<OperationSpec>(allOperations).filter((spec) => spec.responseKind !== 'events' && spec.id !== 'startDemo');

test('arbitrary requests to every operation are answered, never with 500', { timeout: soakMs + SLACK_MS }, async () => {
  const request = fc.record({ spec: fc.constantFrom(...specs), id: fc.oneof(fc.string({ maxLength: 80 }), fc.stringMatching(/^[a-z0-9_-]{1,64}$/)), body: fc.jsonValue(), query: fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 20 }), { maxKeys: 3 }) });
  await fc.assert(
    fc.asyncProperty(request, async ({ spec, id, body, query }) => {
      const path = spec.path.replaceAll(/:\w+/g, encodeURIComponent(id.toWellFormed()) || '-');
      const hasBody = spec.method !== 'GET' && spec.method !== 'DELETE';
      const search = new URLSearchParams(Object.entries(query).map(([key, value]) => [key.toWellFormed(), value.toWellFormed()]));
      const response = await serving.fetch(`${path}?${search}`, { method: spec.method, ...(hasBody ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}) });
      await response.arrayBuffer();
      expect([spec.id, response.status === 500]).toEqual([spec.id, false]);
    }),
    { numRuns: 100_000, interruptAfterTimeLimit: soakMs / 2 },
  );
  expect((await serving.fetch('/api/system')).status).toBe(200);
});
