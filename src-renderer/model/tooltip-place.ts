/** Where a tooltip stands: beside its control on the wished side, on the other one where there is no room, never cut off. */
export type Side = 'top' | 'right' | 'bottom' | 'left';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const GAP_PX = 6;
const EDGE_PX = 8;
const OPPOSITE: Record<Side, Side> = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' };

function beside(anchor: Box, size: Size, side: Side): { left: number; top: number } {
  const middleX = anchor.left + anchor.width / 2 - size.width / 2;
  const middleY = anchor.top + anchor.height / 2 - size.height / 2;
  if (side === 'top') return { left: middleX, top: anchor.top - GAP_PX - size.height };
  if (side === 'bottom') return { left: middleX, top: anchor.top + anchor.height + GAP_PX };
  if (side === 'left') return { left: anchor.left - GAP_PX - size.width, top: middleY };
  return { left: anchor.left + anchor.width + GAP_PX, top: middleY };
}

export function placeTooltip(
  anchor: Box,
  size: Size,
  side: Side,
  view: Size,
): { readonly left: number; readonly top: number } {
  const fits = ({ left, top }: { left: number; top: number }): boolean =>
    left >= EDGE_PX &&
    top >= EDGE_PX &&
    left + size.width <= view.width - EDGE_PX &&
    top + size.height <= view.height - EDGE_PX;
  const wished = beside(anchor, size, side);
  const other = beside(anchor, size, OPPOSITE[side]);
  const isAcross = side === 'left' || side === 'right';
  // Along the control it may be moved; across it the other side is taken.
  const hasRoom = isAcross
    ? wished.left >= EDGE_PX && wished.left + size.width <= view.width - EDGE_PX
    : wished.top >= EDGE_PX && wished.top + size.height <= view.height - EDGE_PX;
  const chosen = hasRoom || !fits(other) ? wished : other;
  return {
    left: Math.max(EDGE_PX, Math.min(view.width - EDGE_PX - size.width, chosen.left)),
    top: Math.max(EDGE_PX, Math.min(view.height - EDGE_PX - size.height, chosen.top)),
  };
}
