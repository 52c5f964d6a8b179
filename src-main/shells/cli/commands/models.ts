/** kinetone models list | add PATH… | verify [ID] | remove ID */
import { resolve } from 'node:path';

import type { AddedModels, Model } from '../../../contract/documents/model.ts';
import { AppError } from '../../../contract/errors.ts';
import { modelText } from '../../../contract/text/en/models.ts';
import { UsageError } from '../usage.ts';
import type { Command, CommandContext } from './command.ts';

function line(model: Model): string {
  const needs = model.state === 'incomplete' ? `  (${modelText.missing(model.missing_files)})` : '';
  return `${model.id.padEnd(20)}${modelText.state[model.state].padEnd(11)}${model.name}: ${modelText.purpose[model.purpose]}; ${model.licence.id}${needs}`;
}

const withLicence = (model: Model): string => `${line(model)}\n  ${model.licence.attribution}\n  ${model.licence.url}`;

async function add({ client, terminal, words }: CommandContext): Promise<void> {
  const paths = words.slice(1);
  if (paths.length === 0) throw new UsageError('models add needs at least one PATH.');
  const all: AddedModels = { models: [], rejected: [] };
  for (const path of paths) {
    const { models, rejected } = await client.call('addModels', { body: { path: resolve(path) } });
    all.models = [...all.models.filter(({ id }) => !models.some((model) => model.id === id)), ...models];
    all.rejected.push(...rejected);
  }
  const [refused] = all.rejected;
  if (all.models.length === 0 && refused) throw AppError.fromBody(refused.error);
  for (const { error } of all.rejected) terminal.note(`${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`);
  terminal.result(all, all.models.map(withLicence).join('\n'));
}

async function verify({ client, terminal, words }: CommandContext): Promise<void> {
  const id = words[1];
  const answer = await client.call('verifyModels', { body: id === undefined ? {} : { id } });
  const failed = answer.models.find(({ error }) => error !== null)?.error;
  if (failed && answer.models.length === 1) throw AppError.fromBody(failed);
  terminal.result(answer, answer.models.map(({ model, error }) => (error === null ? modelText.verified(model.name) : `${model.name}: ${error.message} ${error.hint ?? ''}`.trimEnd())).join('\n') || 'No model is here.');
  if (failed) throw AppError.fromBody(failed);
}

export const models: Command = {
  maxWords: Number.POSITIVE_INFINITY,
  options: {},
  async run(context) {
    const { client, terminal, words } = context;
    switch (words[0]) {
      case 'add':
        return add(context);
      case 'verify':
        return verify(context);
      case 'list': {
        const answer = await client.call('listModels');
        return terminal.result(answer, answer.models.map(line).join('\n'));
      }
      case 'remove': {
        if (words[1] === undefined) throw new UsageError('models remove needs an ID.');
        const model = await client.call('removeModel', { params: { id: words[1] } });
        return terminal.result(model, modelText.removed(model.name));
      }
      default:
        throw new UsageError('models takes list, add, verify or remove.');
    }
  },
};
