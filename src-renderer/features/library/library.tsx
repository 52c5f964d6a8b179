/** The library: filters left, search on top, a dense grid of all media, details right; a song opens in its place. */
import { FolderPlus, Import, ListFilter, LoaderCircle, SearchX, Sparkles, Upload, X } from 'lucide-react';
import { useMemo, useRef } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { ORDERS, activeFilters } from '../../model/library-entries.ts';
import type { Order } from '../../model/library-entries.ts';
import { commands } from '../../stores/command-store.ts';
import { useMedia, useMediaItem } from '../../stores/media-store.ts';
import { useMoves } from '../../stores/move-store.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { DropMenu } from '../../ui/menu.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { SongView } from '../song/song-view.tsx';
import { DetailPane } from './detail-pane.tsx';
import { ImportList } from './import-list.tsx';
import { useLibraryCommands, useStepBack } from './library-commands.ts';
import './library.css';
import { LibraryFilters } from './library-filters.tsx';
import { LibraryJobs } from './library-jobs.tsx';
import { clearQuestion, closeSongView, setFilters, setWords, useLibraryView } from './library-view.ts';
import { MediaGrid } from './media-grid.tsx';
import { useShown } from './use-shown.ts';
import type { Answer, Shown } from './use-shown.ts';

export function Library(): React.JSX.Element {
  const song = useMediaItem(useLibraryView((state) => state.openSongId));
  useStepBack();
  return song ? <SongView key={song.id} item={song} onBack={closeSongView} /> : <Browser />;
}

function Browser(): React.JSX.Element {
  const shown = useShown();
  const { filters, selection, areFiltersOpen } = useLibraryView();
  const order = useMemo(() => shown.shown.map(({ entry }) => entry.id), [shown.shown]);
  const selected = useMemo(() => shown.entries.filter((entry) => selection.ids.has(entry.id)), [shown.entries, selection]);
  useLibraryCommands(order);
  return (
    <div className="library">
      <LibraryFilters entries={shown.entries} filters={filters} isOpen={areFiltersOpen} onChange={setFilters} />
      <div className="library-main">
        <LibraryBar shown={shown} />
        <ImportList />
        <LibraryJobs />
        <Notes answer={shown.answer} />
        <div className="library-grid">
          <GridOrEmpty shown={shown} />
        </div>
      </div>
      <DetailPane selected={selected} />
    </div>
  );
}

function LibraryBar({ shown }: { readonly shown: Shown }): React.JSX.Element {
  const { words, example, order, filters, areFiltersOpen } = useLibraryView();
  const bar = useRef<HTMLDivElement>(null);
  const hasMoves = useMoves((state) => state.moves.size > 0);
  const isQuestion = words.trim() !== '' || example !== null;
  const toGrid = (event: React.KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    bar.current?.parentElement?.querySelector<HTMLElement>('[role=gridcell][tabindex="0"]')?.focus();
  };
  return (
    <div ref={bar} className="library-bar" onKeyDown={toGrid}>
      <IconButton
        label={en.moves.filters}
        icon={ListFilter}
        className="filters-button"
        isPressed={areFiltersOpen || activeFilters(filters).length > 0}
        onClick={() => useLibraryView.setState({ areFiltersOpen: !areFiltersOpen })}
      />
      {example ? (
        <span className="library-example" role="status">
          <Sparkles size={14} aria-hidden="true" />
          <span className="truncate">{(example.kind === 'like' ? en.moves.search.like : en.moves.search.follow)(example.name)}</span>
          <IconButton label={en.moves.search.clear} chord="Escape" icon={X} className="icon-button-small" onClick={() => useLibraryView.setState({ example: null })} />
        </span>
      ) : (
        <TextField
          label={en.library.search}
          placeholder={hasMoves ? en.moves.search.title : en.library.search}
          value={words}
          isBare
          type="search"
          onChange={setWords}
        />
      )}
      <span className="muted figures library-count" role="status">
        {shown.answer.isSearching ? <LoaderCircle size={12} className="spin" aria-label={en.moves.search.searching} /> : null}
        {en.library.count(shown.shown.length)}
      </span>
      <Select
        label={en.moves.order.title}
        className="library-order"
        value={isQuestion ? 'match' : order}
        isDisabled={isQuestion}
        face={isQuestion ? en.moves.order.match : en.moves.order[order]}
        groups={[{ choices: ORDERS.map((value) => ({ value: value as Order | 'match', label: en.moves.order[value] })) }]}
        onChange={(value) => (value === 'match' ? undefined : useLibraryView.setState({ order: value }))}
      />
      <ImportMenu />
    </div>
  );
}

/** What the answer says of itself: filters that were relaxed, an index that failed, and a failure with its way out. */
function Notes({ answer }: { readonly answer: Answer }): React.JSX.Element | null {
  if (answer.error)
    return (
      <div className="library-notes">
        <ErrorNotice error={answer.error} title={en.moves.search.failed}>
          <Button onClick={answer.again}>{en.moves.search.again}</Button>
        </ErrorNotice>
      </div>
    );
  const notes = answer.result?.notes ?? [];
  if (notes.length === 0) return null;
  return (
    <ul className="library-notes" role="status">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function GridOrEmpty({ shown: { shown, entries, answer } }: { readonly shown: Shown }): React.JSX.Element | null {
  const isLoaded = useMedia((state) => state.isLoaded);
  const shelf = useLibraryView((state) => state.filters.shelf);
  const hasMoves = useMoves((state) => state.moves.size > 0);
  if (shown.length > 0) return <MediaGrid shown={shown} />;
  if (!isLoaded || answer.isSearching || answer.error) return null;
  if (shelf === 'move' && !hasMoves) {
    return (
      <EmptyState icon={FolderPlus} title={en.moves.empty.title} line={en.moves.empty.line}>
        <Button tone="primary" icon={FolderPlus} onClick={() => commands.run('library.addFolder')}>
          {en.moves.imports.add}
        </Button>
      </EmptyState>
    );
  }
  if (entries.length > 0) {
    return (
      <EmptyState icon={SearchX} title={en.library.noMatch.title} line={en.library.noMatch.line}>
        <Button onClick={clearQuestion}>{en.library.noMatch.clear}</Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={Upload} title={en.library.empty.title} line={en.library.empty.line}>
      <Button tone="primary" icon={Import} onClick={() => commands.run('media.import')}>
        {en.library.importFiles}
      </Button>
      <Button icon={FolderPlus} onClick={() => commands.run('library.addFolder')}>
        {en.moves.imports.add}
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
    [{ label: en.moves.imports.add, icon: FolderPlus, run: () => void commands.run('library.addFolder') }],
  ];
  return (
    <DropMenu groups={groups} label={en.library.import} align="end">
      <Button tone="primary" icon={Import}>
        {en.library.import}
      </Button>
    </DropMenu>
  );
}
