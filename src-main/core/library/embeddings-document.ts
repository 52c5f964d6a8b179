/** A file of embeddings made elsewhere (the seed's move_embeddings.json), taken apart and checked. Pure; runs in the vector host. */
import { AppError } from '../../contract/errors.ts';
import { EMBEDDING_DIMENSIONS, type EmbeddingKind } from '../../contract/documents/move.ts';
import type { EmbeddingEntry, GivenVector } from '../../contract/hosts/embeddings-file.ts';
import { annotationsText, embeddingsText } from '../../contract/text/en/library-import.ts';

/** Beyond this a number is no part of a vector: its square would not be finite. */
const MOST = 1e18;

type Entry = Readonly<Record<string, unknown>>;

/** The objects of the list a file holds. @throws AppError 'embeddings-unreadable' when it is no JSON, or holds no list */
export function embeddingsIn(text: string, name: string): Entry[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    throw new AppError('embeddings-unreadable', annotationsText.notJson(name, cause instanceof Error ? cause.message.slice(0, 120) : ''), { hint: annotationsText.repairIt, cause });
  }
  const wrapped = document as { embeddings?: unknown; moves?: unknown; clips?: unknown } | null;
  const list = [document, wrapped?.embeddings, wrapped?.moves, wrapped?.clips].find(Array.isArray) as unknown[] | undefined;
  if (!list) throw new AppError('embeddings-unreadable', embeddingsText.noList(name), { hint: embeddingsText.known });
  return list.filter((entry): entry is Entry => typeof entry === 'object' && entry !== null && !Array.isArray(entry));
}

function vectorOf(value: unknown, kind: EmbeddingKind): GivenVector {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) return { fault: 'numbers' };
  if (value.length !== EMBEDDING_DIMENSIONS[kind]) return { fault: 'length', got: value.length };
  if (!value.every((each) => typeof each === 'number' && Number.isFinite(each) && Math.abs(each) < MOST)) return { fault: 'numbers' };
  const vector = Float32Array.from(value as number[]);
  return vector.some((each) => each !== 0) ? vector : { fault: 'zero' };
}

const nameOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

export function embeddingEntry(entry: Entry): EmbeddingEntry {
  return {
    video_path: nameOf(entry['video_path']),
    clip_id: nameOf(entry['clip_id']),
    move_id: nameOf(entry['move_id']),
    pose: vectorOf(entry['pose_embedding'], 'pose'),
    audio: vectorOf(entry['audio_embedding'], 'audio'),
    text: vectorOf(entry['text_embedding'], 'text'),
  };
}
