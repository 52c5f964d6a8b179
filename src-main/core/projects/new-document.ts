/** The document a new project starts with, by kind. */
import type { Mapping } from '../../contract/documents/mapping.ts';
import type { Project, ProjectDocument } from '../../contract/documents/project.ts';
import { AppError } from '../../contract/errors.ts';

export interface NewDocumentParts {
  readonly mediaId: string | null;
  readonly defaultMapping: () => Mapping;
}

/** @throws AppError 'workspace-unavailable' for a kind whose workspace is not there yet. */
export function newDocument(kind: Project['kind'], { mediaId, defaultMapping }: NewDocumentParts): ProjectDocument {
  if (kind !== 'sonify') {
    throw new AppError('workspace-unavailable', 'This workspace is not part of Kinetone yet.', { hint: 'Sonify is; the others come in later versions.', details: { kind } });
  }
  return {
    version: 1,
    kind,
    media_id: mediaId,
    mapping: defaultMapping(),
    compared: null,
    seed: 0,
    range: null,
    markers: [],
    scenes: [],
    export: { format: 'mp4', loudness: -14, original: 'drop', stems: false },
    result_artifact_id: null,
  };
}

/** A document of an earlier version with what it did not have yet, so that edits find their place in it. */
export function upToDate(document: ProjectDocument): ProjectDocument {
  return { ...document, scenes: (document as Partial<ProjectDocument>).scenes ?? [] };
}
