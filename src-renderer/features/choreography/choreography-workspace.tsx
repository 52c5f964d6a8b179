/** The Choreograph workspace: the picture, the inspector, the song with its moves below; panels are dragged and remembered. */
import { Drum, Wand } from 'lucide-react';
import { useEffect } from 'react';
import { Panel, Separator } from 'react-resizable-panels';

import type { MediaItem } from '../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { useArtifacts } from '../../stores/artifact-store.ts';
import { useMediaItem } from '../../stores/media-store.ts';
import { useProject } from '../../stores/project-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Split } from '../../ui/split.tsx';
import { useOpenSong } from '../song/use-open-song.ts';
import './choreography-workspace.css';
import { useChoreographyCommands } from './choreography-commands.ts';
import { useDance, usePlan } from './dance-store.ts';
import { Inspector } from './inspector/inspector.tsx';
import { DanceLanes } from './lane/dance-lanes.tsx';
import { NewChoreography } from './new-choreography.tsx';
import { makePlan, usePlanning } from './plan-actions.ts';
import { Stage } from './player/stage.tsx';
import { useLoop } from './player/use-loop.ts';
import { PlanProgress } from './inspector/plan-progress.tsx';
import { useReadyClips } from './use-ready-clips.ts';
import { useVerdictOfPlan } from './verdict-store.ts';

const ROWS = { upper: 52, lanes: 48 };
const COLUMNS = { viewer: 70, inspector: 30 };

export function ChoreographyWorkspace(): React.JSX.Element | null {
  const projectId = useProject((state) => state.project?.id ?? null);
  const document = useProject((state) => state.choreography);
  const item = useMediaItem(document?.media_id ?? null);
  useEffect(() => {
    useDance.setState({ selectedId: null, tab: 'plan', dragged: null, stretch: null, isLooping: false, resultId: null });
    usePlanning.setState({ error: null, last: null });
    if (projectId !== null) attempt(useArtifacts.getState().open(projectId));
  }, [projectId]);
  if (!document) return <NewChoreography />;
  return item ? <Desk key={item.id} item={item} /> : <NewChoreography isForOpenProject />;
}

function Desk({ item }: { readonly item: MediaItem }): React.JSX.Element {
  useOpenSong(item.id, item.probe.duration_s);
  useChoreographyCommands();
  useVerdictOfPlan();
  useReadyClips();
  useLoop();
  const hasPlan = usePlan() !== null;
  return (
    <Split id="choreography.rows" orientation="vertical" defaults={ROWS}>
      <Panel id="upper" minSize="180px">
        <Split id="choreography.columns" orientation="horizontal" defaults={COLUMNS}>
          <Panel id="viewer" minSize="320px">
            {hasPlan ? <Stage /> : <NoPlan />}
          </Panel>
          <Separator className="split split-column" aria-label={en.frame.resize} />
          <Panel id="inspector" minSize="320px" maxSize="560px" defaultSize="360px" groupResizeBehavior="preserve-pixel-size">
            <Inspector />
          </Panel>
        </Split>
      </Panel>
      <Separator className="split split-row" aria-label={en.frame.resize} />
      <Panel id="lanes" minSize="200px" defaultSize="330px" groupResizeBehavior="preserve-pixel-size">
        <DanceLanes item={item} />
      </Panel>
    </Split>
  );
}

function NoPlan(): React.JSX.Element {
  const { stage, error } = usePlanning();
  return (
    <EmptyState icon={Drum} title={en.dance.plan.nothing} line={en.dance.plan.nothingLine}>
      {stage === 'idle' ? (
        <Button tone="primary" isLarge icon={Wand} onClick={makePlan}>
          {en.dance.plan.make}
        </Button>
      ) : (
        <PlanProgress />
      )}
      {error ? <ErrorNotice error={error} /> : null}
    </EmptyState>
  );
}
