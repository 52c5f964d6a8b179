/** A Kinetone to be killed: opens the app on a data folder, imports a film, has everything made of it, says how it went. */
import { openApp } from '../../src-main/app.ts';
import type { MediaItem } from '../../src-main/contract/documents/media-item.ts';

const [dataDir = '', film = ''] = process.argv.slice(2);
const app = await openApp({ dataDir, role: 'studio' });

async function ask(method: string, path: string, body?: unknown): Promise<never> {
  const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  return (await (await app.fetch(new Request(`http://kinetone.local${path}`, { method, ...init }), 'program')).json()) as never;
}

const { items } = (await ask('POST', '/api/media', { paths: [film] })) as { items: { item: MediaItem }[] };
const id = items[0]?.item.id ?? '';
await ask('POST', `/api/media/${id}/analysis`);
process.stdout.write('started\n');

const isDone = (item: MediaItem): boolean => [item.features, item.poster, item.filmstrip, item.peaks].every((state) => state === 'ready') && item.sha256 !== null;
while (!isDone((await ask('GET', `/api/media/${id}`)) as MediaItem)) await new Promise((resolve) => setTimeout(resolve, 50));
process.stdout.write(`${JSON.stringify(await ask('GET', `/api/media/${id}/features/export?format=json`))}\n`);
await app.close();
