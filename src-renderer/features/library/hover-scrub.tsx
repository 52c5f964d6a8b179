/** Hovering over a film runs through it: the filmstrip's tile under the pointer, without a video element. */
import { useRef, useState } from 'react';

import type { Filmstrip, MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { urlOf } from '../../api/client.ts';
import { tileAt, tilePlace } from '../../model/filmstrip.ts';
import { clock } from '../../model/timecode.ts';
import { filmstripOf } from './filmstrip-cache.ts';
import './hover-scrub.css';

export function HoverScrub({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const tile = useRef<HTMLDivElement>(null);
  const line = useRef<HTMLSpanElement>(null);
  const [strip, setStrip] = useState<Filmstrip | null>(null);
  const enter = (): void => {
    filmstripOf(item.id).then(setStrip, () => setStrip(null));
  };
  const move = (event: React.PointerEvent<HTMLDivElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width));
    const element = tile.current;
    if (!element || !strip) return;
    const place = tilePlace(strip, tileAt(strip, at * item.probe.duration_s));
    const scale = Math.max(box.width / strip.tile_width, box.height / strip.tile_height);
    element.style.backgroundImage = `url("${urlOf('getFilmstripSheet', { params: { id: item.id, sheet: place.sheet } })}")`;
    element.style.backgroundSize = `${strip.columns * strip.tile_width * scale}px auto`;
    const centreX = (strip.tile_width * scale - box.width) / 2;
    const centreY = (strip.tile_height * scale - box.height) / 2;
    element.style.backgroundPosition = `${-place.xPx * scale - centreX}px ${-place.yPx * scale - centreY}px`;
    element.style.opacity = '1';
    if (line.current) {
      line.current.style.left = `${at * 100}%`;
      line.current.textContent = clock(at * item.probe.duration_s, 1);
    }
  };
  const leave = (): void => {
    if (tile.current) tile.current.style.opacity = '0';
  };
  return (
    <div className="hover-scrub" aria-hidden="true" onPointerEnter={enter} onPointerMove={move} onPointerLeave={leave}>
      <div ref={tile} className="hover-tile">
        <span ref={line} className="hover-line figures" />
      </div>
    </div>
  );
}
