/** Operations on models: what may be added, what is there, add, check, remove. */
import { z } from 'zod';

import { AddedModelsSchema, ModelSchema, VerifiedModelSchema } from '../documents/model.ts';
import { IdSchema } from '../ids.ts';
import { operations } from '../operation.ts';

export const modelOperations = operations({
  listModels: { method: 'GET', path: '/api/models', summary: 'Every model Kinetone knows, with its licence and whether it is here.', response: z.object({ models: z.array(ModelSchema) }) },
  addModels: {
    method: 'POST',
    path: '/api/models',
    summary: 'Add the models in a file or a folder, recognised by their checksums and copied. Programs and the desktop shell only.',
    body: z.object({ path: z.string().min(1).max(4096) }),
    response: AddedModelsSchema,
  },
  uploadModel: {
    method: 'POST',
    path: '/api/models/upload',
    summary: 'Add one file of a model by its bytes, recognised by its checksum.',
    query: z.object({ name: z.string().min(1).max(255) }),
    bodyKind: 'octets',
    response: AddedModelsSchema,
  },
  verifyModels: {
    method: 'POST',
    path: '/api/models/verify',
    summary: 'Check models that are here: checksums, then whether they load and have the right shapes. All unless one is named.',
    body: z.object({ id: IdSchema.optional() }),
    response: z.object({ models: z.array(VerifiedModelSchema) }),
  },
  removeModel: { method: 'DELETE', path: '/api/models/:id', summary: 'Remove a model’s files from the data folder.', params: z.object({ id: IdSchema }), response: ModelSchema },
});
