/** A small picture of a move at a time of its clip, from its filmstrip. */
import { useEffect, useState } from 'react';

import type { Filmstrip } from '../../../../src-main/contract/documents/media-item.ts';
import { urlOf } from '../../../api/client.ts';
import { tileAt, tilePlace } from '../../../model/filmstrip.ts';
import { useMediaItem } from '../../../stores/media-store.ts';
import { filmstripOf } from '../../library/filmstrip-cache.ts';

interface MovePictureProps {
  readonly moveId: string;
  readonly atS: number;
  readonly className: string;
}

/** CSS pixels; both sizes of it in the inspector have this shape. */
const SHAPE = { width: 72, height: 42 };

export function MovePicture({ moveId, atS, className }: MovePictureProps): React.JSX.Element {
  const [strip, setStrip] = useState<Filmstrip | null>(null);
  const isMade = useMediaItem(moveId)?.filmstrip === 'ready';
  useEffect(() => {
    if (!isMade) return undefined;
    let isHere = true;
    filmstripOf(moveId).then(
      (found) => (isHere ? setStrip(found) : undefined),
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [moveId, isMade]);
  return <span className={`move-picture ${className}`} style={strip ? pictureStyle(strip, moveId, atS) : undefined} aria-hidden="true" />;
}

function pictureStyle(strip: Filmstrip, moveId: string, atS: number): React.CSSProperties {
  const place = tilePlace(strip, tileAt(strip, atS));
  const scale = Math.max(SHAPE.width / strip.tile_width, SHAPE.height / strip.tile_height);
  const centreX = (strip.tile_width * scale - SHAPE.width) / 2;
  const centreY = (strip.tile_height * scale - SHAPE.height) / 2;
  return {
    backgroundImage: `url("${urlOf('getFilmstripSheet', { params: { id: moveId, sheet: place.sheet } })}")`,
    backgroundSize: `${strip.columns * strip.tile_width * scale}px auto`,
    backgroundPosition: `${-place.xPx * scale - centreX}px ${-place.yPx * scale - centreY}px`,
  };
}
