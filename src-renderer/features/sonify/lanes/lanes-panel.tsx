/** The lanes on one time axis, under the viewer: ruler, lanes that fold, and over them range, markers and playhead. */
import { Magnet, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';

import type { MediaItem } from '../../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { useProject } from '../../../stores/project-store.ts';
import { Canvas } from '../../../ui/canvas.tsx';
import { CommandButton } from '../../../ui/button.tsx';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import type { FilmData } from './film-data.ts';
import { scrub, useTimelineWheel } from './gestures.ts';
import { LaneRows } from './lane-rows.tsx';
import './lanes.css';
import { overlayPainter } from './painters/overlay-painter.ts';
import { Ruler } from './ruler.tsx';
import { restoreLanes, setDuration, setWidth, useTimeline } from './timeline-store.ts';

interface LanesPanelProps {
  readonly item: MediaItem;
  readonly data: FilmData;
}

export function LanesPanel({ item, data }: LanesPanelProps): React.JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  useTimelineWheel(area);
  useEffect(restoreLanes, []);
  useEffect(() => setDuration(data.durationS), [data]);
  const overlay = useMemo(() => overlayPainter(() => overlayFacts(data)), [data]);
  const onSize = useCallback((widthPx: number) => setWidth(widthPx), []);
  const hover = (event: React.PointerEvent<HTMLElement>): void => {
    const { transform, durationS } = useTimeline.getState();
    const hoverS = transform.toS(event.clientX - event.currentTarget.getBoundingClientRect().left);
    useTimeline.setState({ hoverS: hoverS > durationS ? null : hoverS });
  };
  return (
    <section className="lanes" aria-label={en.sonify.lanes.title}>
      <div className="lanes-corner">
        <SnapButton />
        <CommandButton command="zoom.out" icon={ZoomOut} className="icon-button-small" side="top" />
        <CommandButton command="zoom.in" icon={ZoomIn} className="icon-button-small" side="top" />
      </div>
      <Ruler data={data} />
      <div className="lanes-scroll">
        <div className="lanes-stack">
          <LaneRows item={item} data={data} />
          <div
            ref={area}
            className="lanes-area"
            onPointerDown={(event) => scrub(event, data)}
            onPointerMove={hover}
            onPointerLeave={() => useTimeline.setState({ hoverS: null })}
          />
        </div>
      </div>
      <div className="lanes-overlay">
        <Canvas painter={overlay} onSize={onSize} />
      </div>
    </section>
  );
}

function overlayFacts(data: FilmData): Parameters<typeof overlayPainter>[0] extends () => infer Facts ? Facts : never {
  const { document } = useProject.getState();
  const { draggedRange } = useTimeline.getState();
  const range = document?.range ? { startS: document.range.start_s, endS: document.range.end_s } : null;
  return {
    positionS: player.positionS,
    isPlaying: usePlayer.getState().isPlaying,
    range: draggedRange ?? range,
    markers: document?.markers ?? [],
    frontS: data.untilS > 0 && data.untilS < data.durationS - 0.1 ? data.untilS : null,
  };
}

function SnapButton(): React.JSX.Element {
  const isSnapping = useTimeline((state) => state.isSnapping);
  return (
    <CommandButton
      command="snap.toggle"
      icon={Magnet}
      isPressed={isSnapping}
      className="icon-button-small"
      side="top"
    />
  );
}
