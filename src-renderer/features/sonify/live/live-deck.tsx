/** The deck of the stage, in sight while live is chosen: state, time of the music, scope and spectrum. */
import { Cable, Siren } from 'lucide-react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { useSession } from '../../../stores/live-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { CommandButton } from '../../../ui/button.tsx';
import { Readout } from '../../../ui/readout.tsx';
import { Select } from '../../../ui/select.tsx';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import { useSource } from './camera/source-store.ts';
import { SourceControls } from './camera/source-controls.tsx';
import './live-deck.css';
import { barText, bpmText, wobbleText } from './live-readings.ts';
import { LiveStateLine } from './live-state.tsx';
import { RecordButton } from './recording/record-button.tsx';
import { ScenePads } from './scenes/scene-pads.tsx';
import { scopePainter, scopeWords } from './scope-painter.ts';
import { SoundView } from './sound-view.tsx';
import { spectrumPainter, spectrumWords } from './spectrum-painter.ts';

const say = en.live.deck;
const SPEEDS = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2];

export function LiveDeck(): React.JSX.Element {
  const session = useSession(useProject((state) => state.project?.id ?? null));
  const isFilm = useSource((state) => state.kind === 'film');
  return (
    <section className="live-deck" aria-label={say.title}>
      <header className="live-deck-head">
        <CommandButton command="play.panic" icon={Siren} label={say.panic} className="live-panic" />
        <LiveStateLine session={session} />
        <SourceControls />
        <CommandButton command="midi.open" icon={Cable} />
        <RecordButton session={session} />
      </header>
      <div className="live-deck-body">
        <div className="live-readouts">
          <Readout label={say.bar} read={barText} className="sense-time live-bar-number" />
          <Readout label={say.tempo} read={bpmText} className="sense-time" />
          <Readout label={say.wobble} read={wobbleText} className="sense-motion" />
          {isFilm ? <SpeedSelect /> : null}
        </div>
        <ScenePads />
        <SoundView label={say.scope} painter={scopePainter} words={scopeWords} className="live-scope" />
        <SoundView label={say.spectrum} painter={spectrumPainter} words={spectrumWords} className="live-spectrum" />
      </div>
    </section>
  );
}

function SpeedSelect(): React.JSX.Element {
  const rate = usePlayer((state) => state.rate);
  const speeds = SPEEDS.includes(rate) ? SPEEDS : [...SPEEDS, rate].sort((a, b) => a - b);
  return (
    <div className="live-speed">
      <span className="readout-label">{say.speed}</span>
      <Select
        label={say.speed}
        value={String(rate)}
        groups={[{ choices: speeds.map((speed) => ({ value: String(speed), label: say.speedOf(String(speed)) })) }]}
        onChange={(value) => player.setSpeed(Number(value))}
      />
    </div>
  );
}
