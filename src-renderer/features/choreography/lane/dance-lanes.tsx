/** The song and the moves on one time axis, with zoom and what the gestures are. */
import { Maximize2, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';

import type { MediaItem } from '../../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { Canvas } from '../../../ui/canvas.tsx';
import { palette } from '../../../ui/palette.ts';
import type { Painter } from '../../../ui/canvas.tsx';
import { CommandButton } from '../../../ui/button.tsx';
import { SoundPeaks } from '../../sonify/lanes/sound-peaks.ts';
import { useSongDocument } from '../../song/song-document.ts';
import { headPainter } from '../../song/song-painters.ts';
import { SongLanes } from '../../song/song-lanes.tsx';
import { scrollBy, setDuration, useSongView, zoomAbout } from '../../song/song-view-store.ts';
import { loopStretch, useDance, usePlan } from '../dance-store.ts';
import { ClipLane } from './clip-lane.tsx';
import './dance-lanes.css';

const say = en.dance.lane;

export function DanceLanes({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const peaks = useMemo(() => new SoundPeaks(item.id), [item.id]);
  const song = useSongDocument((state) => (state.song?.id === item.id ? state.song : null));
  const durationS = song?.analysis?.duration ?? item.probe.duration_s;
  const hasPeaks = item.peaks === 'ready' || item.peaks === 'stale';
  useEffect(() => (hasPeaks ? void peaks.load() : undefined), [peaks, hasPeaks]);
  useEffect(() => setDuration(durationS), [durationS, item.id]);
  return (
    <section className="dance-lanes" aria-label={en.dance.title}>
      <SongLanes analysis={song?.analysis ?? null} peaks={peaks} durationS={durationS} />
      <MoveRow />
      <Foot />
    </section>
  );
}

function MoveRow(): React.JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  const head = useMemo(() => headPainter(), []);
  const loop = useMemo(() => loopPainter(), []);
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) zoomAbout(event.clientX - element.getBoundingClientRect().left, Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.06 : 0.0022)));
      else scrollBy(Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
  return (
    <div className="move-row">
      <span className="move-row-name" aria-hidden="true">
        {say.short}
      </span>
      <div ref={area} className="move-area">
        <ClipLane />
        <div className="move-overlay">
          <Canvas painter={loop} />
        </div>
        <div className="move-overlay">
          <Canvas painter={head} />
        </div>
      </div>
    </div>
  );
}

/** The marked stretch, brighter while it is looped. */
function loopPainter(): Painter {
  return {
    key: () => {
      const { stretch, isLooping, selectedId } = useDance.getState();
      return { values: [useSongView.getState().transform, stretch, isLooping, selectedId, palette()], isMoving: false };
    },
    paint: ({ context, heightPx }) => {
      const { stretch, isLooping } = useDance.getState();
      const shown = isLooping ? loopStretch() : stretch;
      if (!shown) return;
      const { transform } = useSongView.getState();
      const [left, right] = [transform.toPx(shown.startS), transform.toPx(shown.endS)];
      context.fillStyle = palette().beat;
      context.globalAlpha = isLooping ? 0.16 : 0.08;
      context.fillRect(left, 0, right - left, heightPx);
      context.globalAlpha = isLooping ? 1 : 0.5;
      context.fillRect(left, 0, 2, heightPx);
      context.fillRect(right - 2, 0, 2, heightPx);
      context.globalAlpha = 1;
    },
  };
}

function Foot(): React.JSX.Element {
  const plan = usePlan();
  return (
    <footer className="dance-foot">
      <span className="muted truncate">{plan ? say.hint : ''}</span>
      <CommandButton command="zoom.out" icon={ZoomOut} side="top" />
      <CommandButton command="zoom.in" icon={ZoomIn} side="top" />
      <CommandButton command="zoom.fit" icon={Maximize2} side="top" />
    </footer>
  );
}
