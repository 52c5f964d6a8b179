/** The selected clip: where it is entered, how fast, why it was chosen, and what else could stand there. */
import { Dices, Lock, LockOpen, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import type { Alternative, Plan, PlanSegment, PlanTransition } from '../../../../src-main/contract/documents/choreography.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { call } from '../../../api/client.ts';
import { fixed, percent } from '../../../model/format.ts';
import { SPEEDS, latestIn, nearestUse } from '../../../model/plan-edit.ts';
import { clock } from '../../../model/timecode.ts';
import { CommandButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorNotice } from '../../../ui/error-notice.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { Drum } from 'lucide-react';
import { usePlan, useSelected } from '../dance-store.ts';
import { setIn, setSpeed, setTransition, takeAlternative, usePlanning } from '../plan-actions.ts';
import { judged, useVerdict } from '../verdict-store.ts';
import './clip-tab.css';
import { MovePicture } from './move-picture.tsx';
import { TRANSITION_CHOICES, numberOf } from './parameters-form.tsx';

const say = en.dance.clip;

export function ClipTab(): React.JSX.Element {
  const plan = usePlan();
  const selected = useSelected();
  const verdict = useVerdict((state) => state.verdict);
  if (!plan || !selected) return <EmptyState icon={Drum} title={say.none} line={say.noneLine} />;
  const segment = judged(selected.segment, verdict);
  const fault = verdict?.faults.find((own) => own.segment_id === segment.id);
  return (
    <div className="clip-tab">
      <ClipHead segment={segment} index={selected.index} of={plan.segments.length} />
      {fault ? <ErrorNotice error={{ code: 'choreography-impossible', message: fault.message, hint: fault.hint, details: undefined }} /> : null}
      <PlanError />
      <ClipFields segment={segment} index={selected.index} />
      <Alternatives plan={plan} segment={segment} index={selected.index} />
      <Why segment={segment} />
    </div>
  );
}

function PlanError(): React.JSX.Element | null {
  const error = usePlanning((state) => state.error);
  return error ? <ErrorNotice error={error} /> : null;
}

function ClipHead({ segment, index, of }: { readonly segment: PlanSegment; readonly index: number; readonly of: number }): React.JSX.Element {
  return (
    <header className="clip-head">
      <MovePicture moveId={segment.move_id} atS={segment.in_s} className="clip-picture" />
      <div className="clip-title">
        <div className="clip-name">
          <strong className="truncate" title={segment.path}>
            {segment.name}
          </strong>
          <div className="clip-buttons">
            <CommandButton command="clip.lock" icon={segment.is_locked ? Lock : LockOpen} isPressed={segment.is_locked} side="left" />
            <CommandButton command="clip.reroll" icon={Dices} side="left" />
            <CommandButton command="clip.remove" icon={Trash2} side="left" />
          </div>
        </div>
        <span className="muted figures">
          {say.number(index + 1, of)} · {say.counts(segment.counts)} · {percent(segment.score)}
        </span>
        <span className="muted figures">{say.times(clock(segment.start_s, 2), clock(segment.end_s, 2))}</span>
      </div>
    </header>
  );
}

function ClipFields({ segment, index }: { readonly segment: PlanSegment; readonly index: number }): React.JSX.Element {
  return (
    <div className="clip-fields">
      <NumberField
        label={say.in}
        value={segment.in_s}
        min={0}
        max={Math.max(0.01, latestIn(segment))}
        step={0.01}
        format={(value) => `${fixed(value, 2)} s`}
        parse={numberOf}
        onChange={(value) => setIn(index, value)}
      />
      <NumberField
        label={say.speed}
        value={segment.speed}
        min={SPEEDS.slowest}
        max={SPEEDS.fastest}
        step={SPEEDS.step}
        format={(value) => `${fixed(value, 2)} ×`}
        parse={numberOf}
        onChange={(value) => setSpeed(index, value)}
      />
      {index > 0 ? (
        <Select<PlanTransition>
          label={say.transition}
          value={segment.transition}
          groups={[{ label: say.transition, choices: TRANSITION_CHOICES }]}
          onChange={(value) => setTransition(index, value)}
        />
      ) : null}
    </div>
  );
}

const PARTS = ['energy', 'beats', 'flow', 'match', 'labels', 'picture'] as const;

function Why({ segment }: { readonly segment: PlanSegment }): React.JSX.Element {
  return (
    <section className="clip-why" aria-label={say.why}>
      <p>
        <strong className="figures">{percent(segment.score)}</strong> {segment.chosen_by === 'user' ? `${say.byUser} · ` : ''}
        {segment.reason}
      </p>
      <dl className="clip-parts">
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{say.parts[part]}</dt>
            <dd>
              <span className="part-bar" style={{ '--share': segment.parts[part] } as React.CSSProperties} aria-hidden="true" />
              <span className="figures">{percent(segment.parts[part])}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

const MOST = 20;

/** Alternatives for the place as it is now; those of the plan until the program has answered. */
function useAlternatives(plan: Plan, segment: PlanSegment): readonly Alternative[] {
  const [answer, setAnswer] = useState<{ readonly of: string; readonly alternatives: readonly Alternative[] } | null>(null);
  const { id } = segment;
  useEffect(() => {
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const { alternatives } = await call('listAlternatives', { body: { plan, segment_id: id, top: MOST }, signal: abort.signal });
      if (!abort.signal.aborted) setAnswer({ of: id, alternatives });
    };
    // Without an answer those that came with the plan stay.
    const timer = setTimeout(() => void ask().catch(() => undefined), 120);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [plan, id]);
  const known = answer?.of === id ? answer.alternatives : segment.alternatives;
  return known.filter((alternative) => alternative.move_id !== segment.move_id);
}

interface AlternativesProps {
  readonly plan: Plan;
  readonly segment: PlanSegment;
  readonly index: number;
}

function Alternatives({ plan, segment, index }: AlternativesProps): React.JSX.Element {
  const alternatives = useAlternatives(plan, segment);
  const list = useRef<HTMLUListElement>(null);
  const move = (event: React.KeyboardEvent): void => {
    // Enter brought the focus here as a command; from here on it takes what has the focus.
    if (event.key === 'Enter') event.stopPropagation();
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = rows.indexOf(document.activeElement as HTMLElement);
    rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.focus();
  };
  return (
    <section className="alternatives">
      <h3 className="section-title">{say.alternatives}</h3>
      {alternatives.length === 0 ? <p className="muted">{say.noAlternatives}</p> : null}
      <ul ref={list} aria-label={say.alternatives} onKeyDown={move}>
        {alternatives.map((alternative) => (
          <li key={alternative.move_id}>
            <AlternativeRow alternative={alternative} use={nearestUse(plan.segments, index, alternative.move_id)} onTake={() => takeAlternative(index, alternative)} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface AlternativeRowProps {
  readonly alternative: Alternative;
  /** Clips to the nearest place that shows it too. */
  readonly use: number | null;
  readonly onTake: () => void;
}

function AlternativeRow({ alternative, use, onTake }: AlternativeRowProps): React.JSX.Element {
  const reasons = [alternative.reason, use === null ? say.unused : say.usedNear(use)];
  return (
    <button type="button" className="alternative" aria-label={`${say.take(alternative.name)}: ${percent(alternative.score)}, ${reasons.join(', ')}`} onClick={onTake}>
      <MovePicture moveId={alternative.move_id} atS={alternative.in_s} className="alternative-picture" />
      <span className="alternative-words">
        <strong className="truncate">{alternative.name}</strong>
        <span title={reasons.join(' · ')}>{reasons.join(' · ')}</span>
      </span>
      <span className="alternative-score figures">{percent(alternative.score)}</span>
    </button>
  );
}

/** Puts the keyboard into the list of alternatives, once it is there. */
export function focusAlternatives(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.alternatives button')?.focus());
}
