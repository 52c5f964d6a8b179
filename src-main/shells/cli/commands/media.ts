/** kinetone media add PATH… | list | show ID | remove ID */
import { resolve } from 'node:path';

import type { MediaItem } from '../../../contract/documents/media-item.ts';
import { AppError } from '../../../contract/errors.ts';
import { UsageError } from '../usage.ts';
import type { Command, CommandContext } from './command.ts';

function line(item: MediaItem): string {
  const size = item.probe.video ? `${item.probe.video.display_width}×${item.probe.video.display_height}` : '';
  return [item.id, item.kind.padEnd(5), `${item.probe.duration_s.toFixed(2)} s`.padStart(10), size.padEnd(10), item.name, item.is_missing ? '(missing)' : ''].join('  ').trimEnd();
}

async function add({ client, terminal, words }: CommandContext): Promise<void> {
  const paths = words.slice(1);
  if (paths.length === 0) throw new UsageError('media add needs at least one PATH.');
  const result = await client.call('importMedia', { body: { paths: paths.map((path) => resolve(path)) } });
  for (const { name, error } of result.rejected) terminal.note(`${name}: ${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`);
  terminal.result(result, result.items.map(({ item, is_new }) => `${line(item)}${is_new ? '' : '  (was there)'}`).join('\n'));
  const refused = result.rejected[0];
  if (result.items.length === 0 && refused) throw AppError.fromBody(refused.error);
}

async function show({ client, terminal, words }: CommandContext, operation: 'getMedia' | 'removeMedia'): Promise<void> {
  const id = words[1];
  if (id === undefined) throw new UsageError(`media ${words[0] ?? ''} needs an ID.`);
  const item = await client.call(operation, { params: { id } });
  terminal.result(item, operation === 'removeMedia' ? `${item.name} is no longer in the library; the file is untouched.` : JSON.stringify(item, null, 2));
}

export const media: Command = {
  maxWords: Number.POSITIVE_INFINITY,
  options: {},
  async run(context) {
    switch (context.words[0]) {
      case 'add':
        return add(context);
      case 'list': {
        const answer = await context.client.call('listMedia');
        return context.terminal.result(answer, answer.items.map(line).join('\n') || 'The library is empty.');
      }
      case 'show':
        return show(context, 'getMedia');
      case 'remove':
        return show(context, 'removeMedia');
      default:
        throw new UsageError('media takes add, list, show or remove.');
    }
  },
};
