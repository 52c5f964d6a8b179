/** Long bodies through the loopback door: uploads without a size held in memory, downloads that break off, clients that leave. */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { createConnection } from 'node:net';
import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { localFile, type RequestContext } from '../../src-main/api/index.ts';
import { apiOf } from '../fixtures/api.ts';
import { openDoor, raw, type OpenDoor } from '../fixtures/door.ts';
import { tempFolder } from '../fixtures/temp-folder.ts';

const bearer = (door: OpenDoor): Record<string, string> => ({ authorization: `Bearer ${door.file.token}` });
const CHUNK_BYTES = 1 << 20;

function upload(door: OpenDoor): ClientRequest {
  const { hostname, port } = new URL(door.file.address);
  return httpRequest({ hostname, port, path: '/api/media/upload?name=film.mp4', method: 'POST', headers: { ...bearer(door), 'content-type': 'application/octet-stream' } });
}

test('an upload waits for the disk instead of filling memory, and arrives with its bytes intact', async () => {
  const received = createHash('sha256');
  let goOn = (): void => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const door = await openDoor(
    apiOf({
      async uploadMedia({ body }: { body: ReadableStream<Uint8Array> }) {
        for await (const chunk of body) {
          received.update(chunk);
          await held;
        }
        return { items: [], rejected: [] };
      },
    }),
  );
  const sent = createHash('sha256');
  const chunk = randomBytes(CHUNK_BYTES);
  const outgoing = upload(door);
  const responded = once(outgoing, 'response');
  const sending = (async () => {
    for (let i = 0; i < 100; i += 1) {
      sent.update(chunk);
      if (!outgoing.write(chunk)) await once(outgoing, 'drain');
    }
    outgoing.end();
  })();
  let acceptedBytes = -1;
  while (acceptedBytes !== (outgoing.socket?.bytesWritten ?? 0)) {
    acceptedBytes = outgoing.socket?.bytesWritten ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  // What the kernel and the two ends buffer, of a hundred megabytes.
  expect(acceptedBytes).toBeLessThan(32 << 20);
  goOn();
  await sending;
  const [response] = (await responded) as [{ statusCode: number; resume(): void }];
  response.resume();
  expect([response.statusCode, received.digest('hex')]).toEqual([200, sent.digest('hex')]);
});

test('an upload whose client vanishes fails in the handler, which can clean up', async () => {
  let told = (_: unknown): void => undefined;
  const outcome = new Promise((resolve) => (told = resolve));
  const door = await openDoor(
    apiOf({
      async uploadMedia({ body }: { body: ReadableStream<Uint8Array> }) {
        try {
          for await (const _ of body);
          told('complete');
        } catch (error) {
          told(error);
        }
        return { items: [], rejected: [] };
      },
    }),
  );
  const outgoing = upload(door);
  outgoing.on('error', () => undefined);
  outgoing.write(Buffer.alloc(CHUNK_BYTES));
  await new Promise((resolve) => setTimeout(resolve, 50));
  outgoing.destroy();
  expect(await outcome).toBeInstanceOf(Error);
});

test('a handler that answers an error early does not hang the client that still sends', async () => {
  const door = await openDoor(apiOf({}));
  const answer = await raw(door.file.address, '/api/media/upload?name=', { method: 'POST', headers: bearer(door), body: Buffer.alloc(5 * CHUNK_BYTES) });
  expect(answer.status).toBe(400);
});

test.skipIf(process.platform !== 'linux')('a player that leaves in the middle of a film leaves no file open', async () => {
  const path = join(tempFolder(), 'film.mp4');
  writeFileSync(path, Buffer.alloc(64 * CHUNK_BYTES));
  const door = await openDoor(apiOf({ getMediaFile: () => localFile(path, { mimeType: 'video/mp4' }) }));
  const isOpen = (): boolean => readdirSync('/proc/self/fd').some((fd) => linkOf(`/proc/self/fd/${fd}`) === path);
  for (let visit = 0; visit < 5; visit += 1) {
    const controller = new AbortController();
    const response = await fetch(`${door.file.address}/api/media/x/file`, { headers: bearer(door), signal: controller.signal });
    await response.body?.getReader().read();
    expect(isOpen()).toBe(true);
    controller.abort();
    while (isOpen()) await new Promise((resolve) => setTimeout(resolve, 10));
  }
});

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

test('the signal of a request aborts when its client goes away', async () => {
  let signal: AbortSignal | null = null;
  const door = await openDoor(
    apiOf({
      getDoctor: (_: unknown, context: RequestContext) => {
        signal = context.signal;
        return new Promise((_resolve, reject) => context.signal.addEventListener('abort', () => reject(context.signal.reason as Error)));
      },
    }),
  );
  const controller = new AbortController();
  const asked = fetch(`${door.file.address}/api/doctor`, { headers: bearer(door), signal: controller.signal }).catch(() => null);
  while (signal === null) await new Promise((resolve) => setTimeout(resolve, 5));
  controller.abort();
  await asked;
  const heard = signal as AbortSignal;
  if (!heard.aborted) await once(heard, 'abort');
  expect(heard.aborted).toBe(true);
});

test('ranges, HEAD and 304 are the same over the wire', async () => {
  const path = join(tempFolder(), 'a.bin');
  const bytes = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256));
  writeFileSync(path, bytes);
  const door = await openDoor(apiOf({ getMediaFile: () => localFile(path, { mimeType: 'video/mp4' }) }));
  const get = (headers: Record<string, string> = {}, method = 'GET'): ReturnType<typeof raw> => raw(door.file.address, '/api/media/x/file', { method, headers: { ...bearer(door), ...headers } });
  const part = await get({ range: 'bytes=10-19' });
  expect([part.status, part.headers['content-range'], part.headers['content-length'], part.headers['transfer-encoding']]).toEqual([206, 'bytes 10-19/1000', '10', undefined]);
  expect(part.body.equals(bytes.subarray(10, 20))).toBe(true);
  const head = await get({}, 'HEAD');
  expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, '1000', 0]);
  const none = await get({ 'if-none-match': head.headers.etag ?? '' });
  expect([none.status, none.body.length]).toEqual([304, 0]);
  const past = await get({ range: 'bytes=1000-' });
  expect([past.status, past.headers['content-range']]).toEqual([416, 'bytes */1000']);
});

test.each([
  ['garbage', 'GARBAGE\r\n\r\n', '400'],
  ['no Host', 'GET /api/system HTTP/1.0\r\n\r\n', '40'],
  ['a Host that is no host', 'GET /api/system HTTP/1.1\r\nHost: a b/../c\r\n\r\n', '40'],
  ['two lengths', 'POST /api/projects HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', '400'],
  ['an absolute address of another host', 'GET http://evil.example/api/system HTTP/1.1\r\nHost: evil.example\r\n\r\n', '403'],
  ['a header of 100 kB', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`, '431'],
])('%s on the wire is answered and the door stays open', async (_, bytes, status) => {
  const door = await openDoor(apiOf({ getSettings: () => ({ theme: 'dark', ffmpeg_path: null, loudness: 'off', keys: {} }) }));
  const { port } = new URL(door.file.address);
  const socket = createConnection({ host: '127.0.0.1', port: Number(port) });
  socket.end(bytes);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  await new Promise((resolve) => socket.on('close', resolve));
  expect(Buffer.concat(chunks).toString('latin1').split(' ')[1] ?? '').toMatch(new RegExp(`^${status}`));
  expect((await raw(door.file.address, '/api/settings', { headers: bearer(door) })).status).toBe(200);
});
