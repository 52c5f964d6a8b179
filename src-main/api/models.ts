/** The operations on models. Which doors may name paths is decided by door-rules.ts. */
import type { modelOperations } from '../contract/operations/models.ts';
import type { Models } from '../core/models/index.ts';
import type { HandlersOf } from './handler.ts';

export function modelHandlers(models: Models): HandlersOf<typeof modelOperations> {
  return {
    listModels: async () => ({ models: await models.list() }),
    addModels: ({ body }, { signal }) => models.add(body.path, signal),
    uploadModel: ({ query, body }, { signal }) => models.addBytes(body, query.name, signal),
    verifyModels: async ({ body }, { signal }) => ({ models: await models.verify(body.id, signal) }),
    removeModel: ({ params }) => models.remove(params.id),
  };
}
