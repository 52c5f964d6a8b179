/** Keeps the text embedding of a move at what its labels say. */
import { labelFeatures, embed, TEXT_SPACE } from './text/lexical-embedding.ts';
import { valuesOf } from './labels.ts';
import type { LabelValues, MoveStore } from './ports.ts';
import type { Origin } from '../../contract/documents/move.ts';

const isSame = (a: LabelValues, b: LabelValues): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** Stores what an origin says, and the embedding of what holds now. @returns whether anything changed. */
export function setLabels(store: MoveStore, id: string, origin: Origin, labels: LabelValues): boolean {
  const record = store.get(id);
  if (!record) return false;
  const isEmbedded = record.embeddings.some(({ space }) => space === TEXT_SPACE);
  if (isSame(record.labels[origin], labels) && isEmbedded) return false;
  store.transaction(() => {
    store.setLabels(id, origin, labels);
    const values = valuesOf({ labels: { ...record.labels, [origin]: labels } });
    const vector = embed(labelFeatures(values));
    if (vector) store.putEmbedding(id, { kind: 'text', space: TEXT_SPACE, note: null, vector });
    else store.dropEmbeddings(id, 'text', (space) => space !== TEXT_SPACE);
  });
  return true;
}
