/** The document a new project starts with, by kind. */
import { DEFAULT_CHOREOGRAPHY_EXPORT, DEFAULT_CHOREOGRAPHY_PARAMETERS } from '../../contract/documents/choreography.ts';
import type { Mapping } from '../../contract/documents/mapping.ts';
import type { ChoreographyDocument, Project, ProjectDocument, SonifyDocument } from '../../contract/documents/project.ts';
import { AppError } from '../../contract/errors.ts';

export interface NewDocumentParts {
  readonly mediaId: string | null;
  readonly defaultMapping: () => Mapping;
}

/** @throws AppError 'workspace-unavailable' for a kind whose workspace is not there yet. */
export function newDocument(kind: Project['kind'], { mediaId, defaultMapping }: NewDocumentParts): ProjectDocument {
  if (kind === 'sonify') return newSonify(mediaId, defaultMapping());
  if (kind === 'choreography') return newChoreography(mediaId);
  throw new AppError('workspace-unavailable', 'This workspace is not part of Kinetone yet.', { hint: 'Sonify and Choreograph are; the others come in later versions.', details: { kind } });
}

function newSonify(mediaId: string | null, mapping: Mapping): SonifyDocument {
  return {
    version: 1,
    kind: 'sonify',
    media_id: mediaId,
    mapping,
    compared: null,
    seed: 0,
    range: null,
    markers: [],
    scenes: [],
    export: { format: 'mp4', loudness: -14, original: 'drop', stems: false },
    result_artifact_id: null,
  };
}

function newChoreography(mediaId: string | null): ChoreographyDocument {
  return {
    version: 1,
    kind: 'choreography',
    media_id: mediaId,
    text: '',
    request: null,
    parameters: DEFAULT_CHOREOGRAPHY_PARAMETERS,
    seed: 0,
    plan: null,
    export: DEFAULT_CHOREOGRAPHY_EXPORT,
    result_artifact_id: null,
  };
}

/** A document of an earlier version with what it did not have yet, so that edits find their place in it. */
export function upToDate(document: ProjectDocument): ProjectDocument {
  return document.kind === 'sonify' ? { ...document, scenes: (document as Partial<SonifyDocument>).scenes ?? [] } : document;
}
