/** The grid of items, only the rows in view in the document: arrows move, Enter sonifies, Delete removes. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { useMedia } from '../../stores/media-store.ts';
import { sonify } from '../../stores/project-list-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { MediaCell } from './media-cell.tsx';

const LEAST_CELL_PX = 150;
const GAP_PX = 8;
const WORDS_PX = 44;

interface MediaGridProps {
  readonly items: readonly MediaItem[];
  readonly selectedId: string | null;
  readonly onSelect: (id: string) => void;
}

/** How many columns fit, and how wide one is. */
function columnsOf(widthPx: number): { columns: number; cellPx: number } {
  const columns = Math.max(1, Math.floor((widthPx + GAP_PX) / (LEAST_CELL_PX + GAP_PX)));
  return { columns, cellPx: (widthPx - GAP_PX * (columns - 1)) / columns };
}

export function openItem(item: MediaItem): void {
  if (item.kind === 'video') attempt(sonify(item));
}

export function MediaGrid({ items, selectedId, onSelect }: MediaGridProps): React.JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const [widthPx, setWidth] = useState(0);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { columns, cellPx } = columnsOf(widthPx);
  const rowPx = (cellPx * 9) / 16 + WORDS_PX + GAP_PX;
  const rows = widthPx === 0 ? 0 : Math.ceil(items.length / columns);
  // The library's functions change with every scroll; nothing here is memoised over them.
  // eslint-disable-next-line react-hooks/incompatible-library
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => rowPx, [rowPx]),
    overscan: 3,
  });
  useEffect(() => virtual.measure(), [virtual, rowPx]);

  const selectedIndex = items.findIndex((item) => item.id === selectedId);
  const move = (index: number): void => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (!item) return;
    onSelect(item.id);
    virtual.scrollToIndex(Math.floor(items.indexOf(item) / columns));
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-id="${item.id}"]`)?.focus());
  };
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -items.length,
      End: items.length,
    }[event.key];
    const item = items[selectedIndex];
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (by !== undefined) move(selectedIndex === -1 ? 0 : selectedIndex + by);
    else if (event.key === 'Enter' && item) openItem(item);
    else if (event.key === 'Delete' && item) attempt(useMedia.getState().remove(item));
    else return;
    event.preventDefault();
  };
  return (
    <div
      ref={scroller}
      className="media-scroll"
      role="grid"
      aria-label={en.library.title}
      aria-rowcount={rows}
      aria-colcount={columns}
      onKeyDown={onKeyDown}
    >
      <div className="media-rows" style={{ height: virtual.getTotalSize() }}>
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
            {items.slice(row.index * columns, (row.index + 1) * columns).map((item, i) => (
              <MediaCell
                key={item.id}
                item={item}
                isSelected={item.id === selectedId}
                isReachable={item.id === selectedId || (selectedIndex === -1 && row.index === 0 && i === 0)}
                onSelect={() => onSelect(item.id)}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
