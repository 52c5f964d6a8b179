/** Handlers of assembly: blueprints checked, films assembled. */
import type { AssemblePayload, AssembleRequest, AssemblyEstimate } from '../contract/documents/assembly.ts';
import type { Blueprint } from '../contract/documents/blueprint.ts';
import type { Job } from '../contract/documents/job.ts';
import { AppError } from '../contract/errors.ts';
import type { assemblyOperations } from '../contract/operations/assembly.ts';
import { edlOf, otioOf, outputPathOf, requireBlueprint, validateBlueprint, withPreset } from '../core/assembly/index.ts';
import type { Door, HandlersOf } from './handler.ts';

export interface AssemblyServices {
  /**
   * The blueprint's folders, granted. @param root  null for the data folder
   * @throws AppError 'blueprint-invalid' naming every root that is not granted, 'path-not-granted'
   */
  grantRoots(blueprint: Blueprint, root: string | null): Promise<AssemblePayload['roots']>;
  /**
   * Refuses roots that a page may not name, whether they are there or not: it may name the data folder, the library's folders, and
   * the folders of its own items as plans name them. @throws AppError 'blueprint-invalid'
   */
  requireKnownRoots(blueprint: Blueprint): void;
  /** @throws AppError 'output-exists', 'output-unwritable', 'path-not-granted' */
  grantOutput(path: string, options: { overwrite: boolean }): Promise<string>;
  /** Where a blueprint's own path leads. @throws AppError as grantOutput */
  grantBelow(roots: AssemblePayload['roots'], path: string, options: { overwrite: boolean }): Promise<string>;
  estimate(payload: AssemblePayload, signal: AbortSignal): Promise<AssemblyEstimate>;
  start(payload: AssemblePayload): Job;
  /** Queues the copies of clips the film will need. */
  prepare(payload: AssemblePayload): Job;
}

/** The request with everything granted. */
async function granted(services: AssemblyServices, request: AssembleRequest, door: Door): Promise<AssemblePayload> {
  if ((request.output !== null || request.root !== null) && door === 'browser') {
    throw new AppError('request-forbidden', 'A page in the browser cannot name files of this computer.', { hint: 'Assemble, then save the result.' });
  }
  const blueprint = withPreset(requireBlueprint(request.blueprint), request.preset);
  if (door === 'browser') services.requireKnownRoots(blueprint);
  const roots = await services.grantRoots(blueprint, request.root);
  return { blueprint, roots, output: await outputOf(services, request, blueprint, roots), project_id: request.project_id };
}

async function outputOf(services: AssemblyServices, { output, root, overwrite }: AssembleRequest, blueprint: Blueprint, roots: AssemblePayload['roots']): Promise<AssemblePayload['output']> {
  if (output !== null) return { path: await services.grantOutput(output.path, output), overwrite: output.overwrite };
  const path = outputPathOf(blueprint);
  // Without a folder of the user's the film is one of Kinetone's results.
  if (path === null || root === null) return null;
  return { path: await services.grantBelow(roots, path, { overwrite }), overwrite };
}

function withoutOutput(document: unknown): unknown {
  const blueprint = requireBlueprint(document);
  return { ...blueprint, output_config: { ...blueprint.output_config, output_path: null } };
}

export function assemblyHandlers(services: AssemblyServices): HandlersOf<typeof assemblyOperations> {
  return {
    checkBlueprint: ({ body }) => {
      const { blueprint, faults } = validateBlueprint(body.blueprint);
      return { is_valid: blueprint !== null, faults: [...faults], blueprint };
    },
    exportBlueprint: ({ body }) => {
      const blueprint = requireBlueprint(body.blueprint);
      const text = body.format === 'edl' ? edlOf(blueprint) : otioOf(blueprint);
      return { kind: 'bytes', bytes: new TextEncoder().encode(text), mimeType: body.format === 'edl' ? 'text/plain; charset=utf-8' : 'application/json' };
    },
    // Nothing is written: only what is read must be granted.
    estimateAssembly: async ({ body }, { door, signal }) => services.estimate(await granted(services, { ...body, output: null, blueprint: withoutOutput(body.blueprint) }, door), signal),
    startAssembly: async ({ body }, { door }) => ({ job_id: services.start(await granted(services, body, door)).id }),
  };
}
