/** The camera's picture, mirrored or not, with what is seen over it; its frames go to the eye while the session sounds. */
import { Camera, CameraOff } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';

import { en } from '../../../../../src-main/contract/text/en.ts';
import { useSession } from '../../../../stores/live-store.ts';
import { useProject } from '../../../../stores/project-store.ts';
import { attempt, sayError } from '../../../../stores/toast-store.ts';
import { Button } from '../../../../ui/button.tsx';
import { Canvas } from '../../../../ui/canvas.tsx';
import { EmptyState } from '../../../../ui/empty-state.tsx';
import { player } from '../../player/player.ts';
import { cameraPainter } from '../../viewer/overlay-painter.ts';
import { restoreOverlays, useOverlays } from '../../viewer/overlay-store.ts';
import { SeenTwin } from '../../viewer/seen-twin.tsx';
import { OverlayBar } from '../../viewer/viewer.tsx';
import { closeCamera, openCamera, restoreCamera, useCamera } from './camera.ts';
import { FrameFeed } from './frame-feed.ts';
import { forgetSeen, keepSeen, seenFeatures } from './seen.ts';
import './camera.css';

const say = en.live.camera;
/** As fast as the camera, at most thirty a second. */
const EVERY_MS = 1000 / 30;

export function CameraViewer(): React.JSX.Element {
  const video = useRef<HTMLVideoElement>(null);
  const { state, stream, isMirrored } = useCamera();
  const session = useSession(useProject((own) => own.project?.id ?? null));
  const isHeard = session?.stream != null && session.source.kind === 'camera';
  const painter = useMemo(() => cameraPainter(() => useCamera.getState().aspect), []);
  useEffect(() => {
    restoreOverlays();
    restoreCamera();
    attempt(openCamera());
    return closeCamera;
  }, []);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    if (stream) element.play().catch(() => undefined);
  }, [stream]);
  useEffect(() => {
    if (!isHeard || !stream) return undefined;
    const feed = new FrameFeed({
      session: () => (player.live.isSounding ? player.live.session : null),
      feeds: true,
      wantsOverlay: () => useOverlays.getState().on.some((id) => id === 'flow' || id === 'edges'),
      everyMs: EVERY_MS,
      onSeen: keepSeen,
      onError: sayError,
    });
    feed.attach(video.current);
    return () => {
      feed.attach(null);
      forgetSeen();
    };
  }, [isHeard, stream]);
  return (
    <section className="viewer" aria-label={en.sonify.viewer}>
      <div className="viewer-stage">
        <video
          ref={video}
          className={`viewer-video ${isMirrored ? 'camera-mirrored' : ''}`}
          muted
          playsInline
          disablePictureInPicture
          tabIndex={-1}
          aria-label={say.picture}
          onResize={takeAspect}
          onLoadedMetadata={takeAspect}
        />
        <Canvas painter={painter} className="viewer-overlay" />
        <SeenTwin read={seenFeatures} />
        {state === 'on' ? null : <CameraProblem />}
      </div>
      <OverlayBar />
    </section>
  );
}

function takeAspect({ currentTarget: { videoWidth, videoHeight } }: React.SyntheticEvent<HTMLVideoElement>): void {
  if (videoHeight > 0) useCamera.setState({ aspect: videoWidth / videoHeight });
}

function CameraProblem(): React.JSX.Element {
  const state = useCamera((own) => own.state);
  const isAsking = state === 'asking' || state === 'off';
  return (
    <div className="viewer-problem" role="status">
      <EmptyState icon={isAsking ? Camera : CameraOff} title={say.state[state].title} line={say.state[state].line}>
        {isAsking ? null : <Button onClick={() => attempt(openCamera())}>{en.frame.retry}</Button>}
      </EmptyState>
    </div>
  );
}
