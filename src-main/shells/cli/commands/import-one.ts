/** Brings one file named on the command line into the library, or finds it there. */
import { resolve } from 'node:path';

import type { MediaItem } from '../../../contract/documents/media-item.ts';
import { AppError } from '../../../contract/errors.ts';
import { UsageError } from '../usage.ts';
import type { CommandContext } from './command.ts';

export async function importOne(context: CommandContext, what: string, word = 0): Promise<MediaItem> {
  const path = context.words[word];
  if (path === undefined) throw new UsageError(`${what} is missing.`);
  const { items, rejected } = await context.client.call('importMedia', { body: { paths: [resolve(path)] } });
  const refused = rejected[0];
  if (refused) throw AppError.fromBody(refused.error);
  const found = items[0];
  if (!found) throw new AppError('media-not-found', `There is no media file at ${path}.`, { hint: 'Check the path.' });
  return found.item;
}
