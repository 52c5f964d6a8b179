/** A stored move as the document the API answers. Pure. */
import { EMBEDDING_KINDS, type EmbeddingKind, type Move } from '../../contract/documents/move.ts';
import { labelsOf } from './labels.ts';
import type { EmbeddingRecord, MoveRecord } from './ports.ts';
import { isComputed } from './spaces.ts';

/** The embedding a search takes unless told otherwise: one computed here before an imported one. */
export function chosenEmbedding(embeddings: readonly EmbeddingRecord[], kind: EmbeddingKind, preferred?: string): EmbeddingRecord | null {
  const ofKind = embeddings.filter((each) => each.kind === kind);
  return ofKind.find(({ space }) => space === preferred) ?? ofKind.find(({ space }) => isComputed(space)) ?? ofKind[0] ?? null;
}

export interface MoveSurroundings {
  /** Name of its folder. */
  readonly folder: string | undefined;
  /** What an analysis would be made with now. */
  readonly key: string;
  readonly isAnalysing: boolean;
  /** Movement of the library's liveliest clip. */
  readonly mostMovement: number;
}

export function pathOf(record: Pick<MoveRecord, 'path'>, folder: string | undefined): string {
  return folder === undefined ? record.path : `${folder}/${record.path}`;
}

/** Whether a clip was analysed, or failed to be, as it is now with what there is now. */
export function isAnalysed({ analysis, media }: MoveRecord, key: string): boolean {
  return analysis !== null && analysis.stamp === media.stamp && analysis.key === key;
}

/**
 * What an analysis would look at: what is not analysed as it is now, of all moves or of those that are named. A failure is tried
 * again when a person names the clip, not by itself.
 */
export function dueMoves(records: readonly MoveRecord[], key: string, ids: readonly string[] | null): MoveRecord[] {
  const named = ids && new Set(ids);
  const isDue = (record: MoveRecord): boolean => !isAnalysed(record, key) || (named !== null && record.analysis?.problem != null);
  return records.filter((record) => (named?.has(record.id) ?? true) && isDue(record) && !record.media.isMissing);
}

function stateOf(record: MoveRecord, { key, isAnalysing }: MoveSurroundings): Move['state'] {
  if (isAnalysing) return 'making';
  if (record.analysis === null) return 'none';
  if (!isAnalysed(record, key)) return 'stale';
  return record.analysis.problem === null ? 'ready' : 'failed';
}

export function moveDocument(record: MoveRecord, around: MoveSurroundings): Move {
  const info = (kind: EmbeddingKind): Move['embeddings'][EmbeddingKind] => {
    const chosen = chosenEmbedding(record.embeddings, kind);
    return chosen && { space: chosen.space, note: chosen.note };
  };
  return {
    id: record.id,
    path: pathOf(record, around.folder),
    folder_id: record.folderId,
    duration: record.media.durationS,
    is_missing: record.media.isMissing,
    labels: labelsOf(record),
    state: stateOf(record, around),
    problem: record.analysis?.problem ?? null,
    embeddings: Object.fromEntries(EMBEDDING_KINDS.map((kind) => [kind, info(kind)])) as Move['embeddings'],
    activity: record.analysis === null || record.analysis.problem !== null || around.mostMovement <= 0 ? null : Math.min(1, record.analysis.movement / around.mostMovement),
    created_at: new Date(record.createdMs).toISOString(),
  };
}
