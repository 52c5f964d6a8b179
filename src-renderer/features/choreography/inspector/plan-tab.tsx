/** The description, the settings, the button, and where the plan came from. */
import { CircleAlert, Cloud, Database, Dices, LockOpen, Shuffle, Sparkles, Wand } from 'lucide-react';
import { useEffect, useState } from 'react';

import type { Plan } from '../../../../src-main/contract/documents/choreography.ts';
import type { GeminiState } from '../../../../src-main/contract/operations/choreography.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import { percent } from '../../../model/format.ts';
import { useProject } from '../../../stores/project-store.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { Toggle } from '../../../ui/toggle.tsx';
import { edit, select } from '../dance-store.ts';
import { makePlan, rerollAll, setParameter, setSeed, unlockAll, usePlanning } from '../plan-actions.ts';
import { useVerdict } from '../verdict-store.ts';
import { DescribeField } from './describe-field.tsx';
import { ParametersForm } from './parameters-form.tsx';
import { PlanProgress } from './plan-progress.tsx';
import { describedPatches } from './described.ts';

const say = en.dance.plan;

export function PlanTab(): React.JSX.Element | null {
  const document = useProject((state) => state.choreography);
  const { stage, error } = usePlanning();
  if (!document) return null;
  const hasLocks = document.plan?.segments.some((segment) => segment.is_locked) ?? false;
  return (
    <div className="plan-tab">
      {error ? <ErrorNotice error={error} /> : null}
      {document.plan ? <PlanFacts plan={document.plan} /> : null}
      <DescribeField
        text={document.text}
        request={document.request}
        onRead={(text, request) => edit({ label: en.dance.edit.text, patches: describedPatches(text, request, document), merge_key: 'describe' })}
        onEnter={makePlan}
      />
      <Gemini />
      <ParametersForm parameters={document.parameters} seed={document.seed} onChange={setParameter} onSeed={setSeed} />
      <div className="plan-actions">
        {stage === 'idle' ? (
          <Button tone="primary" isLarge icon={Wand} onClick={makePlan} title={hasLocks ? say.againLine : undefined}>
            {document.plan ? say.again : say.make}
          </Button>
        ) : (
          <PlanProgress />
        )}
        {document.plan && stage === 'idle' ? (
          <>
            <Button icon={Dices} onClick={rerollAll}>
              {say.rerollAll}
            </Button>
            {hasLocks ? <IconButton label={say.unlockAll} icon={LockOpen} side="top" onClick={unlockAll} /> : null}
          </>
        ) : null}
      </div>
    </div>
  );
}

const ICONS = { local: Sparkles, gemini: Cloud, random: Shuffle } as const;

function PlanFacts({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const last = usePlanning((state) => state.last);
  const verdict = useVerdict((state) => state.verdict);
  const Icon = ICONS[plan.source];
  const score = verdict?.plan.score ?? plan.score;
  const faults = verdict?.faults ?? [];
  const [firstFault] = faults;
  const goToFault = (): void => select(plan.segments.findIndex(({ id }) => id === firstFault?.segment_id), { isPlaying: false });
  return (
    <section className="plan-facts">
      <p className="plan-badges">
        <span className="plan-badge" data-source={plan.source}>
          <Icon size={13} aria-hidden="true" />
          {say.source[plan.source]}
        </span>
        {last?.is_cached ? (
          <span className="plan-badge" title={say.cachedLine}>
            <Database size={13} aria-hidden="true" />
            {say.cached}
          </span>
        ) : null}
        {last && !last.is_cached ? <span className="muted figures">{say.took(last.duration_ms)}</span> : null}
      </p>
      <p className="muted">{say.facts(plan.segments.length, score.different_moves, plan.candidates)}</p>
      <dl className="plan-scores">
        <Score label={say.score} share={score.total} />
        <Score label={say.onBeat} share={score.cuts_on_beat} />
        <Score label={say.alignment} share={score.beat_alignment} />
      </dl>
      {last?.song_choice ? <p className="plan-note">{say.songChosen(last.song_choice.name, last.song_choice.reasons)}</p> : null}
      {plan.notes.map((note) => (
        <p key={note.text} className="plan-note">
          {note.text}
        </p>
      ))}
      {firstFault ? (
        <button type="button" className="plan-fault" onClick={goToFault}>
          <CircleAlert size={14} aria-hidden="true" />
          <span>
            {say.faults(faults.length)}. {firstFault.message} {firstFault.hint}
          </span>
        </button>
      ) : null}
    </section>
  );
}

function Score({ label, share }: { readonly label: string; readonly share: number }): React.JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="figures">{percent(share)}</dd>
    </div>
  );
}

/** Shown only where Gemini can be asked: it is allowed in the settings and there is a key. */
function Gemini(): React.JSX.Element | null {
  const [state, setState] = useState<GeminiState | null>(null);
  const usesGemini = usePlanning((planning) => planning.usesGemini);
  useEffect(() => {
    call('getGemini', {}).then(setState, () => setState(null));
  }, []);
  if (state?.state !== 'ready') return null;
  const { gemini, geminiLine } = en.dance.describe;
  return <Toggle label={gemini} line={geminiLine} isOn={usesGemini} onChange={(isOn) => usePlanning.setState({ usesGemini: isOn })} />;
}
