/** The grid of entries, only the rows in view in the document; selecting by pointer and keys as file managers do. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { en } from '../../../src-main/contract/text/en.ts';
import { clicked, movedTo, selectOne, stillIn } from '../../model/selection.ts';
import { commands } from '../../stores/command-store.ts';
import { ContextMenu } from '../../ui/menu.tsx';
import { entryMenu } from './entry-menu.ts';
import { setSelection, useLibraryView } from './library-view.ts';
import { MediaCell } from './media-cell.tsx';
import type { ShownEntry } from './use-shown.ts';
import './media-grid.css';

const LEAST_CELL_PX = 150;
const GAP_PX = 8;
const WORDS_PX = 44;
/** Why an entry was found takes two lines. */
const WORDS_FOUND_PX = 58;

/** How many columns fit, and how wide one is. */
function columnsOf(widthPx: number): { columns: number; cellPx: number } {
  const columns = Math.max(1, Math.floor((widthPx + GAP_PX) / (LEAST_CELL_PX + GAP_PX)));
  return { columns, cellPx: (widthPx - GAP_PX * (columns - 1)) / columns };
}

const idOf = (target: EventTarget): string | null =>
  target instanceof Element ? (target.closest<HTMLElement>('[data-id]')?.dataset['id'] ?? null) : null;

export function MediaGrid({ shown }: { readonly shown: readonly ShownEntry[] }): React.JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(scroller);
  const selection = useLibraryView((state) => state.selection);
  const order = useMemo(() => shown.map(({ entry }) => entry.id), [shown]);
  const { columns, cellPx } = columnsOf(widthPx);
  const isFound = shown.some(({ hit }) => hit !== null);
  const rowPx = (cellPx * 9) / 16 + (isFound ? WORDS_FOUND_PX : WORDS_PX) + GAP_PX;
  const rows = widthPx === 0 ? 0 : Math.ceil(shown.length / columns);
  // The library's functions change with every scroll; nothing here is memoised over them.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => rowPx, [rowPx]),
    overscan: 2,
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);
  useEffect(() => setSelection(stillIn(useLibraryView.getState().selection, order)), [order]);

  const activeIndex = selection.active === null ? -1 : order.indexOf(selection.active);
  const goTo = (index: number, isExtending: boolean): void => {
    const next = movedTo(selection, order, index, isExtending);
    setSelection(next);
    if (next.active === null) return;
    virtual.scrollToIndex(Math.floor(order.indexOf(next.active) / columns));
    focusCell(scroller.current, next.active);
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    if (event.altKey || event.metaKey || idOf(event.target) === null) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowPx) / rowPx)) * columns;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, PageUp: -page, PageDown: page, Home: -order.length, End: order.length }[event.key];
    if (by !== undefined && !event.ctrlKey) goTo(activeIndex === -1 ? 0 : activeIndex + by, event.shiftKey);
    else if (event.key === ' ' && event.ctrlKey && selection.active !== null) setSelection(clicked(selection, order, selection.active, { shift: false, ctrl: true }));
    else if (event.key === ' ') commands.run('play.toggle');
    else if (event.key === 'Enter' && !event.ctrlKey) commands.run('library.open');
    else return;
    event.preventDefault();
  };
  const onClick = (event: React.MouseEvent): void => {
    const id = idOf(event.target);
    if (id !== null) setSelection(clicked(selection, order, id, { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey }));
  };
  /** The menu is about the selection; what is pointed at becomes it, unless it is part of it. */
  const onContextMenu = (event: React.MouseEvent): void => {
    const id = idOf(event.target);
    if (id === null) event.preventDefault();
    else if (!selection.ids.has(id)) setSelection(selectOne(id));
  };
  return (
    <ContextMenu groups={entryMenu()} label={en.library.title}>
      <div
        ref={scroller}
        className="media-scroll"
        role="grid"
        aria-label={en.library.title}
        aria-multiselectable
        aria-rowcount={rows}
        aria-colcount={columns}
        onKeyDown={onKeyDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onDoubleClick={(event) => (idOf(event.target) === null ? undefined : void commands.run('library.open'))}
      >
        <div className="media-rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((row) => (
            <div
              key={row.key}
              role="row"
              aria-rowindex={row.index + 1}
              className="media-row"
              style={{
                transform: `translateY(${row.start}px)`,
                height: rowPx - GAP_PX,
                gridTemplateColumns: `repeat(${columns}, ${cellPx}px)`,
                gap: GAP_PX,
              }}
            >
              {shown.slice(row.index * columns, (row.index + 1) * columns).map(({ entry, hit }, i) => (
                <MediaCell
                  key={entry.id}
                  entry={entry}
                  hit={hit}
                  isSelected={selection.ids.has(entry.id)}
                  isReachable={entry.id === selection.active || (activeIndex === -1 && row.index === 0 && i === 0)}
                />
              ))}
            </div>
          ))}
        </div>
      </div>
    </ContextMenu>
  );
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [widthPx, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return widthPx;
}

/** The row may come into the document only with the next frame. */
function focusCell(scroller: HTMLElement | null, id: string): void {
  requestAnimationFrame(() => scroller?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
}
