/** The library: filters left, search on top, a dense grid of items, details right, imports as they arrive. */
import { Import, SearchX, Upload } from 'lucide-react';
import { useMemo, useState } from 'react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { search } from '../../model/fuzzy-search.ts';
import { commands } from '../../stores/command-store.ts';
import { useMedia, useMediaItem } from '../../stores/media-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { DropMenu } from '../../ui/menu.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { ImportList } from './import-list.tsx';
import './library.css';
import { LibraryFilters, noFilters, passes } from './library-filters.tsx';
import type { Filters } from './library-filters.tsx';
import { MediaDetail } from './media-detail.tsx';
import { MediaGrid } from './media-grid.tsx';

export function Library(): React.JSX.Element {
  const items = useMedia((state) => state.items);
  const [filters, setFilters] = useState<Filters>(noFilters);
  const [query, setQuery] = useState('');
  const [selectedId, select] = useState<string | null>(null);
  const selected = useMediaItem(selectedId);
  const shown = useMemo(
    () =>
      search(
        items.filter((item) => passes(item, filters)),
        query,
        (item) => item.name,
      ),
    [items, filters, query],
  );
  const clear = (): void => {
    setFilters(noFilters);
    setQuery('');
  };
  return (
    <div className="library">
      <LibraryFilters items={items} filters={filters} onChange={setFilters} />
      <div className="library-main">
        <div className="library-bar">
          <TextField label={en.library.search} value={query} isBare type="search" onChange={setQuery} />
          <span className="muted figures library-count">{en.library.count(shown.length)}</span>
          <ImportMenu />
        </div>
        <ImportList />
        <div className="library-grid">
          <GridOrEmpty items={items} shown={shown} selectedId={selectedId} onSelect={select} onClear={clear} />
        </div>
      </div>
      <MediaDetail item={selected} />
    </div>
  );
}

interface GridOrEmptyProps {
  readonly items: readonly MediaItem[];
  readonly shown: readonly MediaItem[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
  readonly onClear: () => void;
}

function GridOrEmpty({ items, shown, selectedId, onSelect, onClear }: GridOrEmptyProps): React.JSX.Element {
  if (shown.length > 0) return <MediaGrid items={shown} selectedId={selectedId} onSelect={onSelect} />;
  if (items.length > 0) {
    return (
      <EmptyState icon={SearchX} title={en.library.noMatch.title} line={en.library.noMatch.line}>
        <Button onClick={onClear}>{en.library.noMatch.clear}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Upload} title={en.library.empty.title} line={en.library.empty.line}>
      <Button tone="primary" icon={Import} onClick={() => commands.run('media.import')}>
        {en.library.importFiles}
      </Button>
    </EmptyState>
  );
}

function ImportMenu(): React.JSX.Element {
  const groups = [
    [
      { label: en.library.importFiles, run: () => void commands.run('media.import') },
      { label: en.library.importFolder, run: () => void commands.run('media.importFolder') },
    ],
  ];
  return (
    <DropMenu groups={groups} label={en.library.import} align="end">
      <Button tone="primary" icon={Import}>
        {en.library.import}
      </Button>
    </DropMenu>
  );
}
