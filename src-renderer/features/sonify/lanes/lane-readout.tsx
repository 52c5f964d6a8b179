/** The exact value of a lane under the pointer, or at the playhead: written straight into the document, every frame. */
import { useEffect, useRef } from 'react';

import type { FeatureFrame } from '../../../../src-main/contract/documents/feature-frame.ts';
import { fixed } from '../../../model/format.ts';
import { onFrame } from '../../../ui/animation.ts';
import { player } from '../player/player.ts';
import type { FilmData } from './film-data.ts';
import { useTimeline } from './timeline-store.ts';
import type { LaneId } from './timeline-store.ts';

type Reader = (frame: FeatureFrame) => readonly string[];

/** Lines of a readout; the first is shown when the lane is folded. */
const READERS: Partial<Record<LaneId, Reader>> = {
  motion: ({ motion }) => [fixed(motion.average_magnitude, 3)],
  edges: ({ edges }) => [
    fixed(edges.edge_density, 3),
    `h ${fixed(edges.horizontal_edge_intensity, 3)}`,
    `v ${fixed(edges.vertical_edge_intensity, 3)}`,
  ],
  colour: ({ color }) => [`b ${fixed(color.brightness, 2)}`, `c ${fixed(color.colorfulness, 2)}`],
  cuts: ({ scene_change }) => [fixed(scene_change, 2)],
};

export function LaneReadout({
  lane,
  data,
  isFolded,
}: {
  readonly lane: LaneId;
  readonly data: FilmData;
  readonly isFolded: boolean;
}): React.JSX.Element | null {
  const ref = useRef<HTMLSpanElement>(null);
  const read = READERS[lane];
  useEffect(() => {
    if (!read) return undefined;
    let shown = '';
    return onFrame(() => {
      const frame = data.frames.at(useTimeline.getState().hoverS ?? player.positionS);
      const text = frame ? (isFolded ? (read(frame)[0] ?? '') : read(frame).join('\n')) : '–';
      if (text !== shown && ref.current) {
        shown = text;
        ref.current.textContent = text;
      }
      return undefined;
    });
  }, [read, data, isFolded]);
  return read ? <span ref={ref} className="lane-readout figures" aria-hidden="true" /> : null;
}
