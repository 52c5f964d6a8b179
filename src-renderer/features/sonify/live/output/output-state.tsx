/** The output as it runs, always in sight: device, rate and buffer, latency, gaps, load. A click opens its settings. */
import { CircleAlert } from 'lucide-react';

import type { Session } from '../../../../../src-main/contract/documents/session.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { fixed } from '../../../../model/format.ts';
import { useShell } from '../../../../stores/shell-store.ts';
import { Readout } from '../../../../ui/readout.tsx';
import { Tooltip } from '../../../../ui/tooltip.tsx';
import { usePlayer } from '../../player/player-store.ts';
import { gapsText, loadText } from '../live-readings.ts';
import { useMeasuredLatency } from './measured-latency.ts';
import './output.css';

const say = en.live.output;
const gaps = (): string => `${gapsText()} ${say.underruns.toLowerCase()}`;

export function OutputState({ session }: { readonly session: Session | null }): React.JSX.Element {
  const isStarting = usePlayer((state) => state.sound === 'starting');
  const measuredMs = useMeasuredLatency();
  const stream = session?.stream ?? null;
  const device = stream === null ? (isStarting ? say.starting : say.stopped) : stream.backend === 'null' ? say.clock : stream.device;
  const problem = stream?.problem ?? null;
  return (
    <Tooltip text={problem ?? say.open}>
      <button
        type="button"
        className={`output-state ${problem === null ? '' : 'output-problem'}`}
        aria-label={`${say.open}: ${device}${problem === null ? '' : `. ${problem}`}`}
        onClick={() => useShell.getState().toggleSheet('audio')}
      >
        <span className="output-line">
          {problem === null ? null : <CircleAlert size={13} aria-hidden="true" />}
          <span className="truncate">{device}</span>
          {stream === null ? null : (
            <span className="figures output-format">
              {fixed(stream.sample_rate / 1000, 1).replace('.0', '')}k/{stream.buffer_frames}
            </span>
          )}
        </span>
        {stream === null ? null : (
          <span className="output-line figures muted">
            <span title={measuredMs === null ? say.latencyLine : say.bothLine}>{say.ms([stream.latency_ms, ...(measuredMs === null ? [] : [measuredMs])].map((ms) => fixed(ms, 1)).join(' / '))}</span>
            <Readout label={say.underruns} read={gaps} title={say.underrunsLine} className="output-number" />
            <Readout label={say.load} read={loadText} title={say.loadLine} className="output-number output-load" />
          </span>
        )}
      </button>
    </Tooltip>
  );
}
