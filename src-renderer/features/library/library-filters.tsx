/** Filters of the library, each with how many items it would show. */
import { Film, Image, LayoutGrid, Music, ScanEye, Unlink } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';

export interface Filters {
  readonly kind: 'all' | MediaItem['kind'];
  readonly state: 'all' | 'analysed' | 'missing';
}

export const noFilters: Filters = { kind: 'all', state: 'all' };

export function passes(item: MediaItem, { kind, state }: Filters): boolean {
  if (kind !== 'all' && item.kind !== kind) return false;
  if (state === 'analysed') return item.features === 'ready';
  return state !== 'missing' || item.is_missing;
}

const KINDS: readonly { readonly value: Filters['kind']; readonly icon: LucideIcon }[] = [
  { value: 'all', icon: LayoutGrid },
  { value: 'video', icon: Film },
  { value: 'audio', icon: Music },
  { value: 'image', icon: Image },
];
const STATES: readonly { readonly value: Exclude<Filters['state'], 'all'>; readonly icon: LucideIcon }[] = [
  { value: 'analysed', icon: ScanEye },
  { value: 'missing', icon: Unlink },
];

interface LibraryFiltersProps {
  readonly items: readonly MediaItem[];
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

export function LibraryFilters({ items, filters, onChange }: LibraryFiltersProps): React.JSX.Element {
  const count = (part: Partial<Filters>): number =>
    items.filter((item) => passes(item, { ...noFilters, ...part })).length;
  return (
    <aside className="library-filters" aria-label={en.frame.workspace.library}>
      <ul>
        {KINDS.map(({ value, icon }) => (
          <FilterChip
            key={value}
            icon={icon}
            label={en.library.kind[value]}
            count={count({ kind: value })}
            isOn={filters.kind === value}
            onClick={() => onChange({ ...filters, kind: value })}
          />
        ))}
      </ul>
      <ul>
        {STATES.map(({ value, icon }) => (
          <FilterChip
            key={value}
            icon={icon}
            label={en.library.state[value]}
            count={count({ state: value })}
            isOn={filters.state === value}
            onClick={() => onChange({ ...filters, state: filters.state === value ? 'all' : value })}
          />
        ))}
      </ul>
    </aside>
  );
}

interface FilterChipProps {
  readonly icon: LucideIcon;
  readonly label: string;
  readonly count: number;
  readonly isOn: boolean;
  readonly onClick: () => void;
}

function FilterChip({ icon: Icon, label, count, isOn, onClick }: FilterChipProps): React.JSX.Element {
  return (
    <li>
      <button type="button" className="filter-chip" aria-pressed={isOn} onClick={onClick}>
        <Icon size={16} aria-hidden="true" />
        <span>{label}</span>
        <span className="figures">{count}</span>
      </button>
    </li>
  );
}
