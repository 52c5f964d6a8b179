/** Handlers of Sonify: mappings, previews, renders, artifacts. */
import type { SonifyRequest } from '../contract/documents/sonify.ts';
import type { Job } from '../contract/documents/job.ts';
import { AppError } from '../contract/errors.ts';
import type { sonifyOperations } from '../contract/operations/sonify.ts';
import { type Artifacts, type Mappings, type Previews, STEM_NAMES } from '../core/sonify/index.ts';
import type { HandlersOf } from './handler.ts';
import { localFile } from './local-file.ts';

export interface SonifyServices {
  readonly mappings: Mappings;
  readonly previews: Previews;
  readonly artifacts: Artifacts;
  /** Queues a render whose output paths are granted. */
  startRender(request: SonifyRequest): Job;
  /**
   * Turns a path from outside into one that may be written; never an original, never a file of the data folder.
   * @throws AppError `output-exists`, `output-unwritable`, `path-not-granted`
   */
  grantOutput(path: string, options: { overwrite: boolean }): Promise<string>;
  /** The same for a folder that takes files of these names. */
  grantFolder(path: string, names: readonly string[], options: { overwrite: boolean }): Promise<string>;
}

const STEM_FILES = STEM_NAMES.map((name) => `${name}.wav`);
const BYTES_MIME = 'application/octet-stream';

async function granted(request: SonifyRequest, services: SonifyServices): Promise<SonifyRequest> {
  const { output } = request;
  if (output === null) return request;
  return {
    ...request,
    output: {
      overwrite: output.overwrite,
      path: await services.grantOutput(output.path, output),
      stems_folder: output.stems_folder === null ? null : await services.grantFolder(output.stems_folder, STEM_FILES, output),
    },
  };
}

export function sonifyHandlers(services: SonifyServices): HandlersOf<typeof sonifyOperations> {
  const { mappings, previews, artifacts } = services;
  return {
    listMappings: () => ({ mappings: mappings.list() }),
    getMapping: ({ params }) => mappings.get(params.id),
    saveMapping: ({ params, body }) => mappings.save(params.id, body),
    deleteMapping: ({ params }) => mappings.remove(params.id),
    createPreview: ({ body }, { signal }) => previews.create(body, signal),
    getPreviewAudio: ({ params }) => localFile(previews.get(params.id).path, { mimeType: 'audio/wav', isImmutable: true }),
    getPreviewTrace: ({ params }) => {
      const { trace } = previews.get(params.id);
      return { kind: 'bytes', bytes: new Uint8Array(trace.buffer as ArrayBuffer, trace.byteOffset, trace.byteLength) };
    },
    startRender: async ({ body }, { door }) => {
      if (body.output !== null && door === 'browser') {
        throw new AppError('request-forbidden', 'A page in the browser cannot name files of this computer.', { hint: 'Render, then save the result.' });
      }
      return { job_id: services.startRender(await granted(body, services)).id };
    },
    listArtifacts: ({ query }) => ({
      artifacts: artifacts.list({
        ...(query.media_id === undefined ? {} : { mediaId: query.media_id }),
        ...(query.project_id === undefined ? {} : { projectId: query.project_id }),
      }),
    }),
    getArtifact: ({ params }) => artifacts.get(params.id),
    getArtifactFile: ({ params, query }) => {
      const { mime_type: mimeType, name } = artifacts.get(params.id);
      return localFile(artifacts.pathOf(params.id), { mimeType, ...(query.download === '1' ? { downloadName: name } : {}) });
    },
    getArtifactPeaks: ({ params }) => localFile(artifacts.peaksPathOf(params.id), { mimeType: BYTES_MIME, isImmutable: true }),
    saveArtifact: async ({ params, body }) => artifacts.saveTo(params.id, await services.grantOutput(body.path, { overwrite: body.overwrite })),
    deleteArtifact: ({ params }) => artifacts.remove(params.id),
  };
}
