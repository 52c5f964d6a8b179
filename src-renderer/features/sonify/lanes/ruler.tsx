/** The time ruler: a click goes there, a drag selects a range; a slider for screen readers. Its twin lists the markers. */
import { useEffect, useMemo, useRef, useState } from 'react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { removeMarker } from '../../../model/project-edit.ts';
import { clock } from '../../../model/timecode.ts';
import { edit, useProject } from '../../../stores/project-store.ts';
import { onFrame } from '../../../ui/animation.ts';
import { Canvas } from '../../../ui/canvas.tsx';
import { ContextMenu } from '../../../ui/menu.tsx';
import { commands } from '../../../stores/command-store.ts';
import { player } from '../player/player.ts';
import type { FilmData } from './film-data.ts';
import { dragRuler, rangeEdgeAt, useTimelineWheel } from './gestures.ts';
import { rulerPainter } from './painters/ruler-painter.ts';
import { useTimeline } from './timeline-store.ts';

/** A marker within this many pixels is meant. */
const MARKER_PX = 8;

const painter = rulerPainter(() => {
  const { document } = useProject.getState();
  return {
    bpm: document && document.mapping.tempo.source !== 'motion' ? document.mapping.tempo.bpm : null,
    markers: document?.markers ?? [],
  };
});

function markerAt(x: number): { readonly id: string; readonly label: string } | null {
  const { transform } = useTimeline.getState();
  const markers = useProject.getState().document?.markers ?? [];
  return markers.find((marker) => Math.abs(transform.toPx(marker.at_s) + 3 - x) <= MARKER_PX) ?? null;
}

export function Ruler({ data }: { readonly data: FilmData }): React.JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  const [pointed, point] = useState<{ readonly id: string; readonly label: string } | null>(null);
  useTimelineWheel(ref);
  useSpokenTime(ref, data.durationS);
  const hover = (event: React.PointerEvent<HTMLElement>): void => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
    event.currentTarget.style.cursor = rangeEdgeAt(x) ? 'ew-resize' : '';
    const { transform, durationS } = useTimeline.getState();
    const hoverS = transform.toS(x);
    useTimeline.setState({ hoverS: hoverS > durationS ? null : hoverS });
  };
  const groups = useMemo(
    () => [
      pointed
        ? [
            {
              label: `${en.sonify.edit.removeMarker}: ${pointed.label}`,
              run: () => edit(removeMarker(pointed.id, useProject.getState().document?.markers ?? [])),
            },
          ]
        : [],
      (['range.in', 'range.out', 'range.preview', 'range.clear', 'marker.add'] as const).map((id) => ({
        label: en.command.label[id],
        isDisabled: !commands.canRun(id),
        run: () => void commands.run(id),
      })),
    ],
    [pointed],
  );
  return (
    <ContextMenu groups={groups} label={en.sonify.lanes.ruler}>
      <div
        ref={ref}
        className="ruler"
        role="slider"
        tabIndex={0}
        aria-label={en.sonify.lanes.ruler}
        aria-valuemin={0}
        aria-valuemax={data.durationS}
        aria-valuenow={0}
        onPointerDown={(event) => dragRuler(event, data)}
        onPointerMove={hover}
        onPointerLeave={() => useTimeline.setState({ hoverS: null })}
        onContextMenu={(event) => point(markerAt(event.clientX - event.currentTarget.getBoundingClientRect().left))}
      >
        <Canvas painter={painter} />
        <RangeAndMarkers />
      </div>
    </ContextMenu>
  );
}

/** Says the time four times a second at most, straight to the element. */
function useSpokenTime(ref: React.RefObject<HTMLElement | null>, durationS: number): void {
  useEffect(() => {
    let saidMs = 0;
    return onFrame((nowMs) => {
      if (nowMs - saidMs < 250) return undefined;
      saidMs = nowMs;
      ref.current?.setAttribute('aria-valuenow', player.positionS.toFixed(2));
      ref.current?.setAttribute('aria-valuetext', `${clock(player.positionS, 1)} / ${clock(durationS, 1)}`);
      return undefined;
    });
  }, [ref, durationS]);
}

function RangeAndMarkers(): React.JSX.Element {
  const range = useProject((state) => state.document?.range ?? null);
  const markers = useProject((state) => state.document?.markers);
  return (
    <ul className="visually-hidden" aria-label={en.command.menu.range}>
      {range ? (
        <li>
          {en.sonify.lanes.range(clock(range.start_s, 1), clock(range.end_s, 1), clock(range.end_s - range.start_s, 1))}
        </li>
      ) : null}
      {markers?.map((marker) => (
        <li key={marker.id}>{en.sonify.lanes.marker(marker.label, clock(marker.at_s, 1))}</li>
      ))}
    </ul>
  );
}
