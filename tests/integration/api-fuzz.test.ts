/** Random requests to every operation: whatever comes, the answer is a defined error or the handler's own, never a crash. */
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createApi } from '../../src-main/api/index.ts';
import { AppError, ErrorBodySchema } from '../../src-main/contract/errors.ts';
import { allOperations } from '../../src-main/contract/operations/index.ts';
import { silentLog } from '../../src-main/core/log.ts';

const runs = Number(process.env['KINETONE_FUZZ_REQUESTS'] ?? 3000);
/** What a handler is asked to do when the border let a request through. */
const REACHED = 'features-missing';

const handlers = Object.fromEntries(
  Object.keys(allOperations).map((id) => [
    id,
    () => {
      throw new AppError(REACHED, 'reached');
    },
  ]),
);
const errors: unknown[] = [];
const api = createApi({ handlers: [handlers], log: { ...silentLog, error: (fields) => void errors.push(fields) }, version: '0', uiRoot: '/nonexistent' });

const segment = fc.oneof(
  fc.string({ maxLength: 80 }),
  fc.constantFrom('..', '%2e%2e', '.', '%00', '%', '%ff', '%c0%ae', 'a', 'x'.repeat(5000), '\u202e', "'; DROP TABLE jobs; --", '{{7*7}}', '$(id)', '-rf', '\\..\\', 'con', '~', '*', '1e309', 'NaN', '-1', '0x10'),
);
const hostileJson = fc.oneof(
  fc.json({ maxDepth: 6 }),
  fc.constantFrom('', '{', 'null', '[]', '"', '{"__proto__":{"x":1}}', '{"constructor":{"prototype":{"x":1}}}', '[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]', '1e400', '\ufeff{}', '{"paths":["\\u0000"]}', `[${'1,'.repeat(50_000)}1]`, '['.repeat(20_000)),
  fc.record({ kind: fc.constantFrom('sonify', 'x'), name: fc.string(), media_id: fc.oneof(fc.string(), fc.constant(null)), base_seq: fc.oneof(fc.integer(), fc.double()), command: fc.object({ maxDepth: 4 }) }).map((value) => JSON.stringify(value)),
);
const request = fc.record({
  operation: fc.constantFrom(...Object.values(allOperations)),
  method: fc.option(fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'), { freq: 8 }),
  segments: fc.array(segment, { minLength: 3, maxLength: 3 }),
  isEncoded: fc.boolean(),
  query: fc.dictionary(fc.constantFrom('start', 'end', 'limit', 'topics', 'since', 'name', 'format', 'column', 'points', 'x'), segment),
  body: fc.option(hostileJson),
  type: fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/plain', 'multipart/form-data', ''),
  range: fc.option(fc.string({ maxLength: 40 }).filter((text) => /^[\x20-\x7e]*$/.test(text))),
});

test(`${runs} random requests: every answer is an error of the catalogue, and none is internal`, async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(request, async ({ operation, method, segments, isEncoded, query, body, type, range }) => {
      let next = 0;
      const path = operation.path.replaceAll(/:\w+/g, () => {
        const text = segments[next++] ?? '';
        return isEncoded ? encodeURIComponent(text.toWellFormed()) : text.replaceAll(/[?#]/g, '');
      });
      const verb = method ?? operation.method;
      const hasBody = body !== null && verb !== 'GET' && verb !== 'HEAD';
      const url = new URL(`http://kinetone.local${path.startsWith('/') ? path : `/${path}`}`);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value.toWellFormed());
      const response = await api.fetch(new Request(url, { method: verb, headers: { ...(type === '' ? {} : { 'content-type': type }), ...(range === null ? {} : { range }) }, ...(hasBody ? { body } : {}) }));
      statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      if (verb === 'HEAD' || url.pathname === '/docs' || url.pathname === '/openapi.json') return;
      const error = ErrorBodySchema.parse(await response.json());
      expect(['input-invalid', 'id-invalid', 'not-found', 'request-forbidden', 'request-too-large', REACHED]).toContain(error.code);
    }),
    { numRuns: runs },
  );
  expect(errors).toEqual([]);
  expect(({} as { x?: number }).x).toBeUndefined();
  // The storm did not only bounce off the first check.
  for (const status of [400, 404, 409]) expect(statuses.get(status)).toBeGreaterThan(0);
});
