/** Measures the latency: clicks out of the device and back in by its input or a monitor. */
import { Timer } from 'lucide-react';
import { useState } from 'react';

import type { CallOutput } from '../../../../api/client.ts';
import { OutputSettingsSchema } from '../../../../../src-main/contract/documents/session.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { call } from '../../../../api/client.ts';
import { fixed } from '../../../../model/format.ts';
import { sayError } from '../../../../stores/toast-store.ts';
import { Button } from '../../../../ui/button.tsx';
import { audioSettings } from '../live-sound.ts';
import { keepMeasuredLatency } from './measured-latency.ts';

const say = en.live.output;

type Measured = CallOutput<'measureLatency'>;

export function LatencyCheck(): React.JSX.Element {
  const [measured, setMeasured] = useState<Measured | null>(null);
  const [isRunning, setRunning] = useState(false);
  const measure = (): void => {
    setRunning(true);
    const output = OutputSettingsSchema.parse(audioSettings());
    call('measureLatency', { body: output })
      .then(
        (answer) => {
          setMeasured(answer);
          keepMeasuredLatency(output, answer.latency_ms);
        },
        (error: unknown) => sayError(error),
      )
      .finally(() => setRunning(false));
  };
  return (
    <div className="audio-row audio-level">
      <span>
        {say.measured}
        <small className="muted" role="status">
          {isRunning ? say.measuring : (measured?.problem ?? say.measuredLine)}
        </small>
      </span>
      {measured?.latency_ms == null ? null : <span className="figures">{say.ms(fixed(measured.latency_ms, 1))}</span>}
      <Button icon={Timer} disabled={isRunning} onClick={measure}>
        {say.measure}
      </Button>
    </div>
  );
}
