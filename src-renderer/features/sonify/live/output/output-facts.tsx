/** The output as it runs, in words and figures. */
import { CircleAlert } from 'lucide-react';

import type { AudioStreamInfo } from '../../../../../src-main/contract/documents/session.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { fixed } from '../../../../model/format.ts';
import { Readout } from '../../../../ui/readout.tsx';
import { gapsText, loadText } from '../live-readings.ts';

const say = en.live.output;

export function OutputFacts({ stream }: { readonly stream: AudioStreamInfo }): React.JSX.Element {
  return (
    <section className="output-facts" aria-label={stream.device}>
      <h3 className="section-title">{stream.backend === 'null' ? say.clock : `${stream.device} · ${stream.host_api}`}</h3>
      {stream.problem === null ? null : (
        <p className="audio-note audio-none">
          <CircleAlert size={16} aria-hidden="true" />
          {stream.problem}
        </p>
      )}
      <div className="output-figures">
        <span className="readout" title={say.latencyLine}>
          <span className="readout-label">{say.latency}</span>
          <span className="figures">{say.ms(fixed(stream.latency_ms, 1))}</span>
        </span>
        <Readout label={say.underruns} read={gapsText} title={say.underrunsLine} />
        <Readout label={say.load} read={loadText} title={say.loadLine} />
        <span className="readout">
          <span className="readout-label">{say.rate}</span>
          <span className="figures">{`${fixed(stream.sample_rate / 1000, 1)} kHz`}</span>
        </span>
        <span className="readout">
          <span className="readout-label">{say.buffer}</span>
          <span className="figures">{stream.buffer_frames}</span>
        </span>
      </div>
    </section>
  );
}
