/** The moves on the song's time axis: a canvas for the eye, a list box with the same clips for keys and screen readers. */
import { useCallback, useMemo, useRef } from 'react';

import type { Plan, PlanSegment } from '../../../../src-main/contract/documents/choreography.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { inSight } from '../../../model/clip-lane.ts';
import { percent } from '../../../model/format.ts';
import { clock } from '../../../model/timecode.ts';
import { Canvas } from '../../../ui/canvas.tsx';
import { useRestedView } from '../../song/rested-view.ts';
import { useSongView } from '../../song/song-view-store.ts';
import { useDance, usePlan } from '../dance-store.ts';
import { judged, useVerdict } from '../verdict-store.ts';
import { clipPainter } from './clip-painter.ts';
import { MOVE_TYPE, dragOverLane, dropOnLane, hoverLane, leaveLane, pressLane } from './clip-gestures.ts';

const say = en.dance.lane;

export function ClipLane(): React.JSX.Element {
  const plan = usePlan();
  const painter = useMemo(() => clipPainter(), []);
  const selectedId = useDance((state) => state.selectedId);
  return (
    <div
      className="clip-lane"
      role="listbox"
      tabIndex={0}
      aria-label={say.title}
      aria-description={say.hint}
      aria-activedescendant={selectedId === null ? undefined : `clip-${selectedId}`}
      onPointerDown={pressLane}
      onPointerMove={hoverLane}
      onPointerLeave={leaveLane}
      onDragOver={(event) => (event.dataTransfer.types.includes(MOVE_TYPE) ? dragOverLane(event) : undefined)}
      onDragLeave={() => useDance.setState({ dropIndex: null })}
      onDrop={dropOnLane}
    >
      <Canvas painter={painter} />
      {plan ? <ClipTwin plan={plan} selectedId={selectedId} /> : null}
      <GestureReadout />
    </div>
  );
}

const REST_MS = 200;
const MOST_LISTED = 60;

const NONE: readonly [number, number] = [0, 0];

/** Indices of the clips in view, a moment after the view has come to rest. */
function useClipsInView(plan: Plan): readonly [number, number] {
  const look = useCallback(() => {
    const { transform, widthPx } = useSongView.getState();
    const { startS, endS } = transform.visible(widthPx);
    return inSight(plan.segments, startS, endS);
  }, [plan]);
  return useRestedView(look, NONE, { firstMs: 0, restMs: REST_MS });
}

export function clipWords(segment: PlanSegment, index: number, isFaulty: boolean): string {
  const times = en.dance.clip.times(clock(segment.start_s, 2), clock(segment.end_s, 2));
  const words = [say.clip(index + 1, segment.name, times, segment.counts, percent(segment.score))];
  if (segment.transition !== 'cut' && index > 0) words.push(en.dance.transition[segment.transition]);
  if (segment.is_locked) words.push(say.locked);
  if (isFaulty) words.push(say.fault);
  return words.join(', ');
}

function ClipTwin({ plan, selectedId }: { readonly plan: Plan; readonly selectedId: string | null }): React.JSX.Element {
  const [first, last] = useClipsInView(plan);
  const verdict = useVerdict((state) => state.verdict);
  const faulty = new Set(verdict?.faults.map((fault) => fault.segment_id));
  const shown = plan.segments.slice(first, Math.min(last, first + MOST_LISTED)).map((segment, i) => ({ segment, index: first + i }));
  const chosen = plan.segments.findIndex(({ id }) => id === selectedId);
  const selected = plan.segments[chosen];
  if (selected && !shown.some(({ index }) => index === chosen)) shown.push({ segment: selected, index: chosen });
  return (
    <div className="visually-hidden" data-twin="clips" role="presentation">
      {shown.map(({ segment, index }) => (
        <div
          key={segment.id}
          id={`clip-${segment.id}`}
          role="option"
          aria-selected={index === chosen}
          aria-setsize={plan.segments.length}
          aria-posinset={index + 1}
          data-move={segment.move_id}
          data-start={segment.start_s}
        >
          {clipWords(judged(segment, verdict), index, faulty.has(segment.id))}
        </div>
      ))}
    </div>
  );
}

/** What a gesture means, beside where it is. */
function GestureReadout(): React.JSX.Element | null {
  const readout = useDance((state) => state.readout);
  const ref = useRef<HTMLDivElement>(null);
  const transform = useSongView((state) => state.transform);
  const widthPx = useSongView((state) => state.widthPx);
  if (!readout) return null;
  const px = transform.toPx(readout.atS);
  return (
    <>
      <span className="clip-hairline" data-snapped={readout.isSnapped ? '' : undefined} style={{ left: px }} />
      <div ref={ref} className="clip-readout figures" style={px > widthPx - 200 ? { right: widthPx - px + 8 } : { left: px + 8 }}>
        {readout.text}
      </div>
    </>
  );
}
