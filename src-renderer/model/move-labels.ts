/** Labels of several moves seen as one form: the common value of each, and who said it, or that they differ. */
import type { Move, MoveLabels, Origin } from '../../src-main/contract/documents/move.ts';

export type LabelName = keyof MoveLabels;
type ValueOf<Name extends LabelName> = NonNullable<MoveLabels[Name]>['value'];

export interface Merged<Value> {
  /** Null where none has one, or they differ. */
  readonly value: Value | null;
  readonly isMixed: boolean;
  /** Null where there is no value, or different people said them. */
  readonly origin: Origin | null;
}

export type MergedLabels = { readonly [Name in LabelName]: Merged<ValueOf<Name>> };

const NAMES = ['name', 'category', 'difficulty', 'energy_level', 'style', 'tempo', 'tags'] as const satisfies readonly LabelName[];

function merged(moves: readonly Move[], name: LabelName): Merged<unknown> {
  const labels = moves.map((move) => move.labels[name]);
  const first = labels[0] ?? null;
  const written = (value: unknown): string => JSON.stringify(value ?? null);
  const isMixed = labels.some((label) => written(label?.value) !== written(first?.value));
  const isOneOrigin = labels.every((label) => label?.origin === first?.origin);
  return { value: isMixed ? null : (first?.value ?? null), isMixed, origin: isOneOrigin ? (first?.origin ?? null) : null };
}

export function mergedLabels(moves: readonly Move[]): MergedLabels {
  return Object.fromEntries(NAMES.map((name) => [name, merged(moves, name)])) as unknown as MergedLabels;
}

/** A tag added to each move's own, or taken from it: grouped, so that moves with the same tags share a change. */
export function tagChanges(moves: readonly Move[], tag: string, isAdded: boolean): { ids: string[]; labels: { tags: string[] } }[] {
  const groups = new Map<string, { ids: string[]; labels: { tags: string[] } }>();
  for (const move of moves) {
    const before = move.labels.tags?.value ?? [];
    const tags = isAdded ? [...before.filter((each) => each !== tag), tag] : before.filter((each) => each !== tag);
    if (JSON.stringify(tags) === JSON.stringify(before)) continue;
    const group = groups.get(JSON.stringify(tags)) ?? { ids: [], labels: { tags } };
    group.ids.push(move.id);
    groups.set(JSON.stringify(tags), group);
  }
  return [...groups.values()];
}

/** Every tag of these moves, with how many have it. */
export function tagCounts(moves: readonly Move[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const move of moves) for (const tag of move.labels.tags?.value ?? []) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return new Map([...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])));
}

/** Words in use for a label, most used first: what a field suggests. */
export function vocabulary(moves: Iterable<Move>, name: 'category' | 'style'): string[] {
  const counts = new Map<string, number>();
  for (const move of moves) {
    const value = move.labels[name]?.value;
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([value]) => value);
}
