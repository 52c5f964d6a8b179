/** Levels of the live master in figures: RMS, short-term and integrated loudness, and beginning the last anew. */
import { RotateCcw } from 'lucide-react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { attempt } from '../../../stores/toast-store.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Readout } from '../../../ui/readout.tsx';
import { player } from '../player/player.ts';
import { integratedText, rmsText, shortTermText } from './live-readings.ts';

const say = en.live.meters;

export function LoudnessRow(): React.JSX.Element {
  return (
    <div className="loudness-row" role="group" aria-label={en.mapping.mixer.master}>
      <Readout label={say.rms} read={rmsText} />
      <Readout label={say.shortTerm} read={shortTermText} title={say.shortTermLine} />
      <Readout label={say.integrated} read={integratedText} title={say.integratedLine} />
      <IconButton
        label={say.reset}
        icon={RotateCcw}
        className="icon-button-small"
        onClick={() => attempt(player.live.control({ action: 'reset-loudness' }))}
      />
    </div>
  );
}
