/** What an export takes: time, size and disk as the assembler estimates them for this plan on this machine. */
import { useEffect, useState } from 'react';

import type { AssemblyEstimate } from '../../../../src-main/contract/documents/assembly.ts';
import type { ChoreographyExport, Plan } from '../../../../src-main/contract/documents/choreography.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import { fileSize } from '../../../model/format.ts';
import { clock } from '../../../model/timecode.ts';

const say = en.dance.export;

interface EstimateProps {
  readonly plan: Plan;
  readonly settings: ChoreographyExport;
}

function useEstimate({ plan, settings }: EstimateProps): AssemblyEstimate | 'asking' | 'unknown' {
  const [answer, setAnswer] = useState<{ readonly of: Plan; readonly settings: ChoreographyExport; readonly is: AssemblyEstimate | 'unknown' } | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const unknown = (): void => {
      if (!signal.aborted) setAnswer({ of: plan, settings, is: 'unknown' });
    };
    const ask = async (): Promise<void> => {
      const blueprint = await call('blueprintOfPlan', { body: { plan, export: settings }, signal });
      const found = await call('estimateAssembly', { body: { blueprint }, signal });
      if (!signal.aborted) setAnswer({ of: plan, settings, is: found });
    };
    const timer = setTimeout(() => void ask().catch(unknown), 200);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [plan, settings]);
  return answer?.of === plan && answer.settings === settings ? answer.is : 'asking';
}

export function Estimate(props: EstimateProps): React.JSX.Element {
  const estimate = useEstimate(props);
  const facts = typeof estimate === 'string' ? null : estimate;
  const waiting = estimate === 'asking' ? '…' : '–';
  const isTight = facts !== null && facts.disk_bytes > facts.free_bytes;
  return (
    <>
      <dl className="facts export-estimate" aria-busy={estimate === 'asking'}>
        <Fact label={say.estimateTime} value={facts ? en.export.about(clock(Math.max(1, facts.time_s))) : waiting} />
        <Fact label={say.estimateSize} value={facts ? `${en.export.about(fileSize(facts.size_bytes))} · ${facts.width} × ${facts.height}` : waiting} />
        <Fact label={say.estimateDisk} value={facts ? `${fileSize(facts.disk_bytes)} · ${say.free(fileSize(facts.free_bytes))}` : waiting} />
      </dl>
      {facts ? <p className="muted">{say.copies(facts.copies_missing)}</p> : null}
      {isTight ? <p className="export-note dance-tight">{say.tight}</p> : null}
    </>
  );
}

function Fact({ label, value }: { readonly label: string; readonly value: string }): React.JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figures">{value}</dd>
    </div>
  );
}
