/** Records what sounds: red and counting while it does. */
import { Circle, Square } from 'lucide-react';

import type { Session } from '../../../../../src-main/contract/documents/session.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { clock } from '../../../../model/timecode.ts';
import { commands, useChord } from '../../../../stores/command-store.ts';
import { Button } from '../../../../ui/button.tsx';
import { Readout } from '../../../../ui/readout.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import { recordedS } from './record.ts';

const say = en.live.record;

function timeText(): string {
  const recorded = recordedS();
  return recorded === null ? say.running : clock(recorded);
}

export function RecordButton({ session }: { readonly session: Session | null }): React.JSX.Element {
  const chord = useChord('record.toggle');
  const isRecording = session?.is_recording ?? false;
  return (
    <Tooltip text={isRecording ? say.stop : say.start} chord={chord}>
      <Button
        icon={isRecording ? Square : Circle}
        className={`record-button ${isRecording ? 'recording' : ''}`}
        aria-pressed={isRecording}
        aria-label={isRecording ? say.stop : say.start}
        data-midi="command:record.toggle"
        disabled={!session?.stream}
        onClick={() => commands.run('record.toggle')}
      >
        {isRecording ? <Readout label={say.time} read={timeText} className="record-time" /> : say.name}
      </Button>
    </Tooltip>
  );
}
