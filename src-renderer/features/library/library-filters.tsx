/** Filters of the library: each value with how many entries it would show, folders with what is amiss with them. */
import { Film, Image, LayoutGrid, ListFilter, MoreHorizontal, Music, PersonStanding, TriangleAlert } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useMemo } from 'react';

import type { LibraryFolder } from '../../../src-main/contract/documents/move.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { LENGTHS, SHELVES, STATES, activeFilters, facetCounts, noFilters, passes } from '../../model/library-entries.ts';
import type { Entry, Facet, LibraryFilters as Filters, Shelf } from '../../model/library-entries.ts';
import { useMoves } from '../../stores/move-store.ts';
import { Button } from '../../ui/button.tsx';
import { DropMenu } from '../../ui/menu.tsx';
import { folderMenu } from './folder-actions.ts';
import './library-filters.css';

const say = en.moves;
const SHELF_ICONS: Record<Shelf, LucideIcon> = { all: LayoutGrid, move: PersonStanding, video: Film, audio: Music, image: Image };

interface LibraryFiltersProps {
  readonly entries: readonly Entry[];
  readonly filters: Filters;
  readonly isOpen: boolean;
  readonly onChange: (filters: Filters) => void;
}

/** Values in the order people expect, where there is one; else most frequent first. */
const FIXED: Partial<Record<Facet, readonly string[]>> = {
  difficulty: Object.keys(say.difficulty),
  energy: Object.keys(say.energy),
  length: Object.keys(LENGTHS),
  state: STATES,
};
const WORDS: Partial<Record<Facet, Readonly<Record<string, string>>>> = {
  difficulty: say.difficulty,
  energy: say.energy,
  length: say.length,
  state: say.state,
};
const SECTIONS = ['difficulty', 'energy', 'category', 'style', 'length', 'folder', 'state'] as const;

export function LibraryFilters({ entries, filters, isOpen, onChange }: LibraryFiltersProps): React.JSX.Element {
  const isFiltered = activeFilters(filters).length > 0;
  return (
    <aside className="library-filters" data-open={isOpen ? '' : undefined} aria-label={say.filters}>
      <ul aria-label={say.shelf.title}>
        {SHELVES.map((shelf) => (
          <FilterRow
            key={shelf}
            icon={SHELF_ICONS[shelf]}
            label={say.shelf[shelf]}
            count={entries.filter((entry) => passes(entry, { ...noFilters, shelf })).length}
            isOn={filters.shelf === shelf}
            onClick={() => onChange({ ...filters, shelf })}
          />
        ))}
      </ul>
      {SECTIONS.map((facet) => (
        <FacetSection key={facet} facet={facet} entries={entries} filters={filters} onChange={onChange} />
      ))}
      <Button tone="quiet" icon={ListFilter} className="filters-clear" disabled={!isFiltered} onClick={() => onChange(noFilters)}>
        {say.clearFilters}
      </Button>
    </aside>
  );
}

interface FacetSectionProps {
  readonly facet: (typeof SECTIONS)[number];
  readonly entries: readonly Entry[];
  readonly filters: Filters;
  readonly onChange: (filters: Filters) => void;
}

function FacetSection({ facet, entries, filters, onChange }: FacetSectionProps): React.JSX.Element | null {
  const folders = useMoves((state) => state.folders);
  const counts = useMemo(() => facetCounts(entries, filters, facet), [entries, filters, facet]);
  const chosen = filters[facet];
  const folderIds = facet === 'folder' ? folders.map((folder) => folder.id) : null;
  const values = folderIds ?? (FIXED[facet] ?? [...counts.keys()]).filter((value) => (counts.get(value) ?? 0) > 0 || value === chosen);
  // A single choice is none, except among folders and states, which also say something.
  if (values.length === 0 || (values.length === 1 && chosen === null && facet !== 'folder' && facet !== 'state')) return null;
  const nameOf = (value: string): string => WORDS[facet]?.[value] ?? folders.find((folder) => folder.id === value)?.name ?? value;
  return (
    <section aria-label={say.facet[facet]}>
      <h3 className="filter-title">{say.facet[facet]}</h3>
      <ul>
        {values.map((value) => (
          <FilterRow
            key={value}
            label={nameOf(value)}
            count={counts.get(value) ?? 0}
            isOn={chosen !== null && chosen.toLocaleLowerCase() === value.toLocaleLowerCase()}
            onClick={() => onChange({ ...filters, [facet]: chosen?.toLocaleLowerCase() === value.toLocaleLowerCase() ? null : value })}
            folder={facet === 'folder' ? folders.find((folder) => folder.id === value) : undefined}
          />
        ))}
      </ul>
    </section>
  );
}

interface FilterRowProps {
  readonly label: string;
  readonly count: number;
  readonly isOn: boolean;
  readonly onClick: () => void;
  readonly icon?: LucideIcon;
  readonly folder?: LibraryFolder | undefined;
}

function FilterRow({ icon: Icon, label, count, isOn, onClick, folder }: FilterRowProps): React.JSX.Element {
  const trouble = folder?.is_away ? say.folders.away : folder && folder.missing > 0 ? say.folders.missing(folder.missing) : null;
  return (
    <li className="filter-row">
      <button type="button" className="filter-chip" aria-pressed={isOn} onClick={onClick} title={trouble === null ? label : `${label}: ${trouble}`}>
        {Icon ? <Icon size={16} aria-hidden="true" /> : null}
        <span className="truncate">{label}</span>
        {trouble === null ? null : <TriangleAlert size={14} className="filter-trouble" aria-label={trouble} />}
        <span className="figures">{count}</span>
      </button>
      {folder ? (
        <DropMenu groups={folderMenu(folder)} label={say.folders.menu(folder.name)} align="end">
          <button type="button" className="icon-button icon-button-small" aria-label={say.folders.menu(folder.name)}>
            <MoreHorizontal size={14} aria-hidden="true" />
          </button>
        </DropMenu>
      ) : null}
    </li>
  );
}
