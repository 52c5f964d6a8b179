/** What a door may not ask for: paths of this machine are taken from the desktop shell and from programs, not from a page. */
import { AppError } from '../contract/errors.ts';
import type { OperationId } from '../contract/operations/index.ts';
import type { Door } from './handler.ts';

/** Operations whose input holds a path; their summaries in the contract say so. */
export const NATIVE_PATH_OPERATIONS: ReadonlySet<OperationId> = new Set<OperationId>(['importMedia', 'relinkMedia', 'saveArtifact', 'addModels', 'addLibraryFolder', 'importAnnotations', 'importEmbeddings']);

/** @throws AppError 'request-forbidden'. */
export function refuseByDoor(id: OperationId, door: Door): void {
  if (door === 'browser' && NATIVE_PATH_OPERATIONS.has(id)) {
    throw new AppError('request-forbidden', 'A page in the browser cannot name files of this computer.', {
      hint: 'Drop or choose the file instead, or use the desktop program or the command line.',
    });
  }
}
