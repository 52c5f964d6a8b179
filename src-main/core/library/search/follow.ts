/**
 * What could follow a move: begins as it ends, goes on in its energy, belongs with it, and is not the same again. A score is a
 * mean of these, each 0..1, over those that are known of both: pose 0.45, energy 0.25, likeness 0.3; then a move that is the
 * same again loses. Pure but for the scan.
 */
import type { MoveHit } from '../../../contract/documents/move-search.ts';
import { searchText } from '../../../contract/text/en/library-import.ts';
import { type EdgePose, edgePoseDistance } from '../movement/index.ts';
import type { LabelValues, MoveAnalysis } from '../ports.ts';
import { TEXT_SPACE } from '../text/lexical-embedding.ts';
import type { LoadedMoves } from './move-index.ts';
import { type Question, exampleOf } from './question.ts';

const WEIGHTS = { pose: 0.45, energy: 0.25, likeness: 0.3 } as const;
/** Mean distance of the joints, in torso lengths, at which half of the nearness is left. */
const HALF_DISTANCE = 0.5;
/** From this cosine of the poses on a move counts as the same again. */
const SAME = 0.985;
const SAME_COSTS = 0.3;
const CANDIDATES = 1000;
/** Share by which movement may change and still be called steady. */
const STEADY = 0.25;

export function edgePoseOf(stored: unknown): EdgePose | null {
  const pose = stored as { dancers?: unknown; joints?: unknown } | null;
  if (typeof pose !== 'object' || pose === null || typeof pose.dancers !== 'number' || !Array.isArray(pose.joints)) return null;
  return { dancers: pose.dancers, joints: Float32Array.from(pose.joints as number[]) };
}

interface Step {
  readonly score: number;
  readonly reason: string;
}

function poseStep(from: MoveAnalysis, to: MoveAnalysis): Step | null {
  const [end, start] = [edgePoseOf(from.endPose), edgePoseOf(to.startPose)];
  if (!end || !start) return null;
  const distance = edgePoseDistance(end, start);
  return { score: HALF_DISTANCE / (HALF_DISTANCE + distance), reason: searchText.reasons.startsNear(distance < 0.25 ? 'just' : distance < 0.5 ? 'nearly' : 'not far from') };
}

function energyStep(from: MoveAnalysis, to: MoveAnalysis): Step | null {
  const [end, start] = [from.endMovement, to.startMovement];
  if (!(end > 0) || !(start > 0)) return null;
  const ratio = Math.min(end, start) / Math.max(end, start);
  const { energy } = searchText.reasons;
  return { score: ratio, reason: ratio > 1 - STEADY ? energy.steady : start > end ? energy.up : energy.down };
}

export async function followers(
  id: string,
  moves: LoadedMoves,
  { question, mask, top, prefer }: { question: Question; mask: Uint8Array | null; top: number; prefer: string | undefined },
): Promise<{ hits: { row: number; score: number; parts: MoveHit['parts']; reason: string }[]; notes: string[] }> {
  const from = moves.records[moves.rowOf.get(id) as number];
  const example = exampleOf(id, moves, { prefer, weights: question.weights });
  const hasWords = question.vectors.text !== null;
  const vectors = { ...example.vectors, ...(hasWords ? { text: question.vectors.text } : {}) };
  // Words have a space of their own; the example's text may be an imported one.
  const near = await moves.matrix(hasWords ? { ...example.spaces, text: TEXT_SPACE } : example.spaces).search({ ...vectors, weights: question.weights, mask, top: Math.max(top, CANDIDATES) });
  const hits = near.map((hit) => {
    const to = moves.records[hit.row];
    const steps: { weight: number; step: Step | null }[] = [
      { weight: WEIGHTS.likeness, step: { score: Math.max(0, (hit.score + 1) / 2), reason: '' } },
      { weight: WEIGHTS.pose, step: from?.analysis && to?.analysis ? poseStep(from.analysis, to.analysis) : null },
      { weight: WEIGHTS.energy, step: from?.analysis && to?.analysis ? energyStep(from.analysis, to.analysis) : null },
    ];
    const known = steps.flatMap(({ weight, step }) => (step === null ? [] : [{ weight, step }]));
    const total = known.reduce((sum, { weight }) => sum + weight, 0);
    const mean = known.reduce((sum, { weight, step }) => sum + weight * step.score, 0) / total;
    const isSame = (hit.parts.pose ?? 0) >= SAME;
    const reasons = known.map(({ step }) => step.reason).filter((reason) => reason !== '');
    const words = question.words === null ? [] : [question.reason(hit, moves.values[hit.row] as LabelValues)];
    return { row: hit.row, score: isSame ? mean * (1 - SAME_COSTS) : mean, parts: hit.parts, reason: [...reasons, ...words].join(' · ') || searchText.reasons.variety };
  });
  return { hits: hits.sort((a, b) => b.score - a.score || a.row - b.row).slice(0, top), notes: example.notes };
}
