/**
 * What the program thinks of the plan as it stands: scores, reasons and faults after edits by hand. Asked for a moment
 * after the last edit, never part of the project: undo has nothing to do with it.
 */
import { useEffect } from 'react';
import { create } from 'zustand';

import type { Plan, PlanFault, PlanSegment } from '../../../src-main/contract/documents/choreography.ts';
import { call } from '../../api/client.ts';
import { wake } from '../../ui/animation.ts';
import { usePlan } from './dance-store.ts';

interface Verdict {
  /** The plan it speaks of. */
  readonly of: Plan;
  readonly plan: Plan;
  readonly faults: readonly PlanFault[];
}

export const useVerdict = create<{ readonly verdict: Verdict | null }>()(() => ({ verdict: null }));

useVerdict.subscribe(wake);

const QUIET_MS = 250;

/** Keeps the verdict with the open plan. A plan that is fresh from the planner needs none but its faults. */
export function useVerdictOfPlan(): void {
  const plan = usePlan();
  useEffect(() => {
    if (!plan) {
      useVerdict.setState({ verdict: null });
      return undefined;
    }
    const abort = new AbortController();
    const ask = async (): Promise<void> => {
      const answer = await call('checkPlan', { body: { plan }, signal: abort.signal });
      if (!abort.signal.aborted) useVerdict.setState({ verdict: { of: plan, ...answer } });
    };
    // Scores that are a little old are better than a message about them.
    const timer = setTimeout(() => void ask().catch(() => undefined), QUIET_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [plan]);
}

let scoresOf: Verdict | null = null;
let scores: ReadonlyMap<string, number> = new Map();

/** Newest scores by segment. */
export function shownScores(): ReadonlyMap<string, number> {
  const { verdict } = useVerdict.getState();
  if (verdict !== scoresOf) {
    scoresOf = verdict;
    scores = new Map(verdict?.plan.segments.map(({ id, score }) => [id, score]));
  }
  return scores;
}

/** A segment with its newest score and reason, where it still shows the same. */
export function judged(segment: PlanSegment, verdict: Verdict | null): PlanSegment {
  const known = verdict?.plan.segments.find(({ id }) => id === segment.id);
  return known?.move_id === segment.move_id ? { ...segment, score: known.score, parts: known.parts, reason: known.reason, energy: known.energy } : segment;
}
