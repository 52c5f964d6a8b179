/** A Kinetone that is killed once so many clips are in its library, or analysed; without such a number it goes on to the end and says how it stands. */
import { openApp } from '../../src-main/app.ts';
import type { Job } from '../../src-main/contract/documents/job.ts';
import { Client } from '../../src-main/shells/cli/client.ts';

const [dataDir = '', clips = '', killAt = ''] = process.argv.slice(2);
const app = await openApp({ dataDir, role: 'studio' });
const client = new Client((request) => app.fetch(request, 'program'), new AbortController().signal);
const isOver = ({ state }: Job): boolean => state !== 'pending' && state !== 'running';

// A start after the first asks for nothing: what was begun goes on by itself.
if (clips !== '') await client.call('addLibraryFolder', { body: { paths: [clips] } });
for (;; await new Promise((resolve) => setTimeout(resolve, 25))) {
  const { moves } = await client.call('listMoves');
  const counts = { moves: moves.length, ready: moves.filter(({ state }) => state === 'ready').length };
  if (killAt !== '' && counts[killAt as keyof typeof counts] > 0) process.kill(process.pid, 'SIGKILL');
  const { jobs } = await client.call('listJobs', {});
  if (moves.length > 0 && jobs.every(isOver)) {
    const ids = moves.map(({ id }) => id);
    const items = (await client.call('listMedia', {})).items.filter(({ id }) => ids.includes(id));
    process.stdout.write(`${JSON.stringify({ moves: moves.map(({ path, state, embeddings }) => ({ path, state, space: embeddings.pose?.space })), items: items.map(({ name, poster, filmstrip }) => ({ name, poster, filmstrip })), failed: jobs.filter(({ state }) => state === 'failed').map(({ kind }) => kind) })}\n`);
    break;
  }
}
await app.close();
