/** The picture with what the program sees over it; says what to do when the page cannot decode the film. */
import { Blend, Film, Move, ScanLine, SquareDashed, Waves } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { MediaItem } from '../../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call, urlOf } from '../../../api/client.ts';
import { useJobs } from '../../../stores/jobs-store.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { Button, CommandButton } from '../../../ui/button.tsx';
import { Canvas } from '../../../ui/canvas.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ProgressBar } from '../../../ui/progress.tsx';
import type { FilmData } from '../lanes/film-data.ts';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import { useFilmOverlays } from '../live/camera/use-film-overlays.ts';
import { Legend } from './legend.tsx';
import { viewerPainter } from './overlay-painter.ts';
import { OVERLAYS, restoreOverlays, useOverlays } from './overlay-store.ts';
import type { OverlayId } from './overlay-store.ts';
import { SeenTwin } from './seen-twin.tsx';
import './viewer.css';

const ICONS: Record<OverlayId, LucideIcon> = { flow: Move, regions: SquareDashed, edges: ScanLine, colours: Blend };
const SENSE: Record<OverlayId, string> = {
  flow: 'sense-motion',
  regions: 'sense-motion',
  edges: 'sense-edges',
  colours: 'sense-colour',
};

interface ViewerProps {
  readonly item: MediaItem;
  readonly data: FilmData;
}

export function Viewer({ item, data }: ViewerProps): React.JSX.Element {
  const cannotPlay = usePlayer((state) => state.cannotPlay);
  const video = item.probe.video;
  const aspect = video ? video.display_width / video.display_height : 16 / 9;
  const painter = useMemo(() => viewerPainter(data, aspect), [data, aspect]);
  const readSeen = useCallback(() => data.frames.at(player.positionS), [data]);
  useEffect(restoreOverlays, []);
  useFilmOverlays();
  return (
    <section className="viewer" aria-label={en.sonify.viewer}>
      <div className="viewer-stage">
        <FilmVideo key={`${item.id}:${item.proxy}`} item={item} />
        {cannotPlay ? <CannotPlay item={item} /> : <Canvas painter={painter} className="viewer-overlay" />}
        <SeenTwin read={readSeen} />
      </div>
      <OverlayBar />
    </section>
  );
}

/** What is shown over the picture, and what it means. */
export function OverlayBar(): React.JSX.Element {
  return (
    <div className="viewer-bar" role="toolbar" aria-label={en.sonify.overlays}>
      {OVERLAYS.map((id) => (
        <OverlayButton key={id} id={id} />
      ))}
      <Legend />
    </div>
  );
}

function OverlayButton({ id }: { readonly id: OverlayId }): React.JSX.Element {
  const isOn = useOverlays((state) => state.on.includes(id));
  return (
    <CommandButton command={`overlay.${id}`} icon={ICONS[id]} isPressed={isOn} className={SENSE[id]} side="left" />
  );
}

function FilmVideo({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const ref = useRef<HTMLVideoElement>(null);
  const [src] = useState(() => urlOf('getMediaPlayable', { params: { id: item.id } }));
  useEffect(() => {
    player.attachVideo(ref.current);
    usePlayer.setState({ cannotPlay: false });
    return () => player.attachVideo(null);
  }, []);
  const onReady = useCallback(() => player.picture.ready(player.positionS), []);
  return (
    <video
      ref={ref}
      className="viewer-video"
      src={src}
      muted
      playsInline
      disablePictureInPicture
      preload="auto"
      tabIndex={-1}
      aria-label={item.name}
      onLoadedMetadata={onReady}
      onError={() => usePlayer.setState({ cannotPlay: true })}
    />
  );
}

/** The browser has no decoder for the film: a proxy is made on request, or is on its way already. */
function CannotPlay({ item }: { readonly item: MediaItem }): React.JSX.Element {
  const job = useJobs(
    (state) =>
      state.jobs.find(
        (other) =>
          other.kind === 'media-proxy' &&
          other.media_id === item.id &&
          (other.state === 'running' || other.state === 'pending'),
      ) ?? null,
  );
  const make = async (): Promise<void> => {
    const { job_id } = await call('makeProxy', { params: { id: item.id } });
    useJobs.getState().put(await call('getJob', { params: { id: job_id } }));
  };
  return (
    <div className="viewer-problem">
      <EmptyState
        icon={job ? Waves : Film}
        title={job ? en.sonify.cannotPlay.making : en.sonify.cannotPlay.title}
        line={en.sonify.cannotPlay.line}
      >
        {job ? (
          <ProgressBar label={en.sonify.cannotPlay.making} percent={job.progress} />
        ) : (
          <Button tone="primary" onClick={() => attempt(make())}>
            {en.sonify.cannotPlay.make}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
