/** The Sonify workspace: viewer, inspector, lanes; panels are dragged, remembered, and reset by a double-click. */
import { AudioWaveform, Camera, Film, FolderOpen, Grid3x3 } from 'lucide-react';
import { useEffect } from 'react';
import { Panel, Separator } from 'react-resizable-panels';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { commands } from '../../stores/command-store.ts';
import { useArtifacts } from '../../stores/artifact-store.ts';
import { useMedia, useMediaItem } from '../../stores/media-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { onFrame } from '../../ui/animation.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Split } from '../../ui/split.tsx';
import { Inspector } from './inspector.tsx';
import { useFilmData } from './lanes/film-data.ts';
import type { FilmData } from './lanes/film-data.ts';
import { LanesPanel } from './lanes/lanes-panel.tsx';
import { follow } from './lanes/timeline-store.ts';
import { CameraViewer } from './live/camera/camera-viewer.tsx';
import { useSource } from './live/camera/source-store.ts';
import { LiveDeck } from './live/live-deck.tsx';
import { usePictureColour } from './picture-colour-hook.ts';
import { player } from './player/player.ts';
import { usePlayer } from './player/player-store.ts';
import { useScene } from './player/use-scene.ts';
import { PreviewProblem } from './preview-problem.tsx';
import { useAutomaticAnalysis } from './use-analysis.ts';
import { useSonifyCommands } from './sonify-commands.ts';
import './sonify.css';
import { Viewer } from './viewer/viewer.tsx';

const ROWS = { upper: 56, lanes: 44 };
const COLUMNS = { viewer: 72, inspector: 28 };

export function SonifyWorkspace(): React.JSX.Element {
  const projectId = useProject((state) => (state.project?.kind === 'sonify' ? state.project.id : null));
  const mediaId = useProject((state) => state.document?.media_id ?? null);
  const item = useMediaItem(mediaId);
  const data = useFilmData(item?.kind === 'video' ? item : null);
  const isCamera = useIsCamera();
  useScene();
  useSonifyCommands(data);
  usePictureColour(data);
  useAutomaticAnalysis(item);
  useEffect(() => attempt(useArtifacts.getState().open(projectId)), [projectId]);
  // Live sound goes on while one looks elsewhere.
  useEffect(() => () => (usePlayer.getState().output === 'live' ? undefined : player.pause()), []);
  useEffect(
    () => onFrame(() => (usePlayer.getState().isPlaying ? follow(player.positionS) : undefined, undefined)),
    [],
  );
  if (projectId === null) return <NoProject />;
  if (isCamera) return <CameraDesk />;
  if (!item || !data) return <NoFilm isGone={mediaId !== null} />;
  return <Desk item={item} data={data} />;
}

function Desk({ item, data }: { readonly item: MediaItem; readonly data: FilmData }): React.JSX.Element {
  const isLive = usePlayer((state) => state.output === 'live');
  return (
    <Split id="sonify.rows" orientation="vertical" defaults={ROWS}>
      <Panel id="upper" minSize="200px">
        <Split id="sonify.columns" orientation="horizontal" defaults={COLUMNS}>
          <Panel id="viewer" minSize="320px">
            <div className="viewer-column">
              <Viewer item={item} data={data} />
              {isLive ? <LiveDeck /> : null}
            </div>
          </Panel>
          <Separator className="split split-column" aria-label={en.frame.resize} />
          <Panel
            id="inspector"
            minSize="320px"
            maxSize="560px"
            defaultSize="340px"
            groupResizeBehavior="preserve-pixel-size"
          >
            <Inspector />
          </Panel>
        </Split>
      </Panel>
      <Separator className="split split-row" aria-label={en.frame.resize} />
      <Panel id="lanes" minSize="80px" defaultSize="300px" groupResizeBehavior="preserve-pixel-size">
        <LanesPanel item={item} data={data} />
      </Panel>
      <PreviewProblem item={item} />
    </Split>
  );
}

/** The camera plays live: its picture large, no lanes, since there is no film to look along. */
function useIsCamera(): boolean {
  const isLive = usePlayer((state) => state.output === 'live');
  return useSource((state) => state.kind === 'camera') && isLive;
}

function CameraDesk(): React.JSX.Element {
  return (
    <Split id="sonify.camera" orientation="horizontal" defaults={COLUMNS}>
      <Panel id="viewer" minSize="320px">
        <div className="viewer-column">
          <CameraViewer />
          <LiveDeck />
        </div>
      </Panel>
      <Separator className="split split-column" aria-label={en.frame.resize} />
      <Panel id="inspector" minSize="320px" maxSize="560px" defaultSize="340px" groupResizeBehavior="preserve-pixel-size">
        <Inspector />
      </Panel>
    </Split>
  );
}

function NoProject(): React.JSX.Element {
  const go = useShell((state) => state.go);
  return (
    <EmptyState icon={AudioWaveform} title={en.sonify.noProject.title} line={en.sonify.noProject.line}>
      <Button tone="primary" icon={Film} onClick={() => useShell.getState().openDialog('choose-video')}>
        {en.sonify.noProject.choose}
      </Button>
      <Button icon={FolderOpen} onClick={() => commands.run('project.open')}>
        {en.start.open}
      </Button>
      <Button icon={Grid3x3} onClick={() => go('library')}>
        {en.sonify.noProject.library}
      </Button>
    </EmptyState>
  );
}

function NoFilm({ isGone }: { readonly isGone: boolean }): React.JSX.Element | null {
  const isLoaded = useMedia((state) => state.isLoaded);
  if (!isLoaded) return null;
  return (
    <EmptyState
      icon={Film}
      title={isGone ? en.sonify.mediaGone : en.sonify.noMedia.title}
      line={en.sonify.noMedia.line}
    >
      <Button tone="primary" icon={Film} onClick={() => useShell.getState().openDialog('choose-video')}>
        {en.sonify.chooseVideo}
      </Button>
      <Button icon={Camera} onClick={() => commands.run('source.camera')}>
        {en.live.camera.use}
      </Button>
    </EmptyState>
  );
}
