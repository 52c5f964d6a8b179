/** What holds of what is said of a move: a person's word before an annotation, an annotation before an estimate. Pure. */
import { ORIGINS, type MoveLabels } from '../../contract/documents/move.ts';
import type { LabelChanges } from '../../contract/operations/library.ts';
import { LABEL_FIELDS, type LabelField, type LabelValues, type MoveRecord } from './ports.ts';

type Said = MoveRecord['labels'];

function told<Field extends LabelField>(labels: Said, field: Field): { value: NonNullable<LabelValues[Field]>; origin: (typeof ORIGINS)[number] } | null {
  for (const origin of ORIGINS) {
    const value = labels[origin][field];
    if (value !== undefined) return { value: value as NonNullable<LabelValues[Field]>, origin };
  }
  return null;
}

/** Every label with who said it; null where nobody did. */
export function labelsOf({ labels }: Pick<MoveRecord, 'labels'>): MoveLabels {
  const tags = told(labels, 'tags');
  return {
    name: told(labels, 'name'),
    category: told(labels, 'category'),
    difficulty: told(labels, 'difficulty'),
    energy_level: told(labels, 'energy_level'),
    style: told(labels, 'style'),
    tempo: told(labels, 'tempo'),
    tags: tags === null ? null : { ...tags, value: [...tags.value] },
  };
}

/** The values alone. */
export function valuesOf(record: Pick<MoveRecord, 'labels'>): LabelValues {
  const { estimate, annotation, user } = record.labels;
  return { ...estimate, ...annotation, ...user };
}

/** A person's word after a change; a null takes the word back. */
export function changed(user: LabelValues, changes: LabelChanges): LabelValues {
  const next: Record<string, unknown> = { ...user };
  for (const field of LABEL_FIELDS) {
    const value = changes[field];
    if (value === null) delete next[field];
    else if (value !== undefined) next[field] = value;
  }
  return next;
}

/** The change that takes another back. */
export function undoOf(user: LabelValues, changes: LabelChanges): LabelChanges {
  return Object.fromEntries(LABEL_FIELDS.filter((field) => changes[field] !== undefined).map((field) => [field, user[field] ?? null])) as LabelChanges;
}

const words = (text: string): string => text.replaceAll(/[_\s-]+/g, ' ').trim();

/** "energetic_golpes_pinza.mp4" → "Energetic golpes pinza" */
export function nameOfFile(file: string): string {
  const name = words(file.replace(/\.[^.]{1,5}$/, '')).slice(0, 200);
  return name === '' ? file.slice(0, 200) : name.charAt(0).toUpperCase() + name.slice(1);
}

/** What a clip's place says: its name, and as its category the folder it lies in. */
export function placeLabels(path: string): LabelValues {
  const parts = path.split('/');
  const category = words(parts.length > 1 ? (parts.at(-2) ?? '') : '').slice(0, 80);
  return { name: nameOfFile(parts.at(-1) ?? path), ...(category === '' ? {} : { category: parts.at(-2)?.slice(0, 80) ?? category }) };
}
