/** The live sound while another workspace is shown: its output, level, silence, and the way back. */
import { Siren, Undo2 } from 'lucide-react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { useSession } from '../../../stores/live-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { useShell } from '../../../stores/shell-store.ts';
import { Button, CommandButton } from '../../../ui/button.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { usePlayer } from '../player/player-store.ts';
import '../transport/transport.css';
import { readMaster } from './live-readings.ts';
import { OutputState } from './output/output-state.tsx';

export function LiveElsewhere(): React.JSX.Element | null {
  const session = useSession(useProject((state) => state.project?.id ?? null));
  const isLive = usePlayer((state) => state.output === 'live');
  if (!isLive || !session?.stream) return null;
  return (
    <div className="audio-bar">
      <CommandButton command="play.panic" icon={Siren} label={en.live.deck.panic} className="live-panic" />
      <OutputState session={session} />
      <Meter label={en.sonify.output.level} read={readMaster} className="audio-meter" />
      <Button icon={Undo2} onClick={() => useShell.getState().go('sonify')}>
        {en.live.deck.back}
      </Button>
    </div>
  );
}
