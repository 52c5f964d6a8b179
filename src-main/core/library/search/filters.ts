/** Filters before the scan, and what is left out of them, step by step, when they leave too few. Pure. */
import type { MoveFilters } from '../../../contract/documents/move-search.ts';
import { searchText } from '../../../contract/text/en/library-import.ts';
import type { LabelValues, MoveRecord } from '../ports.ts';
import { plain } from '../text/words.ts';

/** With fewer candidates than this (or than are asked for) filters are relaxed. */
const ENOUGH = 3;

const isSameWord = (label: string | undefined, wanted: string): boolean => label !== undefined && plain(label).replaceAll(/[_-]+/g, ' ') === plain(wanted).replaceAll(/[_-]+/g, ' ');

export function passes(filters: MoveFilters, { folderId, media }: MoveRecord, labels: LabelValues): boolean {
  const { difficulty, energy_level: energy, style, category, min_duration: least, max_duration: most, folder_id: folder } = filters;
  if (folder !== undefined && folderId !== folder) return false;
  if (difficulty !== undefined && labels.difficulty !== difficulty) return false;
  if (energy !== undefined && labels.energy_level !== energy) return false;
  // A style that only a tag says counts as well.
  if (style !== undefined && !isSameWord(labels.style, style) && !(labels.tags ?? []).some((tag) => isSameWord(tag, style))) return false;
  if (category !== undefined && !isSameWord(labels.category, category)) return false;
  return (least === undefined || media.durationS >= least) && (most === undefined || media.durationS <= most);
}

interface Step {
  readonly filters: MoveFilters;
  readonly note: ((left: number) => string) | null;
}

/** The ladder: exact, without energy, without style, difficulty only, none. The folder always holds. Steps that change nothing are left out. */
export function ladder(filters: MoveFilters): Step[] {
  const { difficulty, folder_id: folder } = filters;
  const without = (...names: (keyof MoveFilters)[]): MoveFilters => Object.fromEntries(Object.entries(filters).filter(([name, value]) => value !== undefined && !names.includes(name as keyof MoveFilters)));
  const always = folder === undefined ? {} : { folder_id: folder };
  const steps: Step[] = [
    { filters: without(), note: null },
    { filters: without('energy_level'), note: searchText.dropped.energy },
    { filters: without('energy_level', 'style'), note: searchText.dropped.style },
    { filters: difficulty === undefined ? always : { ...always, difficulty }, note: searchText.dropped.difficulty },
    { filters: always, note: searchText.dropped.all },
  ];
  return steps.filter((step, at) => at === 0 || JSON.stringify(step.filters) !== JSON.stringify(steps[at - 1]?.filters));
}

export interface Filtered {
  /** One byte a row; null when every row passes. */
  readonly mask: Uint8Array | null;
  readonly candidates: number;
  readonly filters: MoveFilters;
  readonly notes: readonly string[];
}

/** @param isOpen  whether a row may be answered at all */
export function filtered(records: readonly MoveRecord[], values: readonly LabelValues[], wanted: MoveFilters, { isOpen, doesRelax, top }: { isOpen: (row: number) => boolean; doesRelax: boolean; top: number }): Filtered {
  const steps = doesRelax ? ladder(wanted) : ladder(wanted).slice(0, 1);
  let last: Filtered | null = null;
  for (const { filters, note } of steps) {
    const mask = new Uint8Array(records.length);
    let candidates = 0;
    for (const [row, record] of records.entries()) {
      if (!isOpen(row) || !passes(filters, record, values[row] as LabelValues)) continue;
      mask[row] = 1;
      candidates += 1;
    }
    // A step that lets nothing more in says nothing.
    if (last === null || candidates > last.candidates) last = { mask: candidates === records.length ? null : mask, candidates, filters, notes: note === null ? [] : [note(candidates)] };
    if (candidates >= Math.min(ENOUGH, top)) break;
  }
  return last as Filtered;
}
