/**
 * The job behind "Analyse moves": clip by clip, two at a time, each stored when it is done, so that a killed job goes on with the
 * next clip. A clip that fails is noted on its move and holds up no other.
 */
import { z } from 'zod';

import { IdSchema } from '../../contract/ids.ts';
import { isAbort, toAppError } from '../../contract/errors.ts';
import { analysisText } from '../../contract/text/en/library-import.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { type ClipAnalysisPorts, analysisKey, analyzeClip } from './analyze-clip.ts';
import { setLabels } from './describe.ts';
import { dueMoves } from './move-document.ts';
import type { MoveLibrary } from './move-library.ts';
import type { MoveRecord, MoveStore } from './ports.ts';
import { isComputed } from './spaces.ts';

export interface MoveAnalysisPorts extends ClipAnalysisPorts {
  readonly library: MoveLibrary;
  readonly store: MoveStore;
  /** Brings the vector store up to date. */
  readonly file: (signal: AbortSignal) => Promise<void>;
}

const PayloadSchema = z.object({ ids: z.array(IdSchema).nullable() });
export interface MoveAnalysisResult {
  readonly analysed: number;
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

const { clips: CLIPS, store: STORE } = analysisText.stages;
/** Clips at once: while one is decoded, the other is looked at. */
const PARALLEL = 2;

/** @returns what went wrong; null when nothing did. */
async function analyzeOne(ports: MoveAnalysisPorts, record: MoveRecord, { signal, note }: JobContext): Promise<string | null> {
  const { store, library } = ports;
  library.markAnalysing(record.id, true);
  try {
    const { analysis, embeddings, estimates, curves } = await analyzeClip(ports, record, signal);
    store.transaction(() => {
      for (const kind of ['pose', 'audio'] as const) {
        store.dropEmbeddings(record.id, kind, (space) => !isComputed(space) || embeddings.some((each) => each.kind === kind && each.space === space));
      }
      for (const embedding of embeddings) store.putEmbedding(record.id, embedding);
      store.putCurves(record.id, curves);
      store.setAnalysis(record.id, analysis);
      setLabels(store, record.id, 'estimate', { ...store.get(record.id)?.labels.estimate, ...estimates });
    });
    return null;
  } catch (error) {
    if (isAbort(error)) throw error;
    const problem = toAppError(error);
    // A file that is away, or a host that crashed, says nothing about the clip.
    const isPassing = problem.retryable || problem.code === 'media-missing' || problem.code === 'disk-full';
    if (problem.code === 'disk-full') throw error;
    note(analysisText.failed(record.media.name, problem.message));
    if (!isPassing) store.setAnalysis(record.id, { key: analysisKey(ports.poses), stamp: record.media.stamp, problem: problem.message, movement: 0, startMovement: 0, endMovement: 0, startPose: null, endPose: null });
    return problem.message;
  } finally {
    library.markAnalysing(record.id, false);
  }
}

async function analyzeAll(ports: MoveAnalysisPorts, ids: readonly string[] | null, context: JobContext): Promise<MoveAnalysisResult> {
  const key = analysisKey(ports.poses);
  // The oldest first: as they were imported.
  const due = dueMoves(ports.store.list().reverse(), key, ids);
  const taken = new Set(due.map(({ id }) => id));
  const failed: { id: string; message: string }[] = [];
  let [next, done, isStopped] = [0, 0, false];
  /** Clips that were imported meanwhile belong to this job: asking for their analysis found it running. */
  const takeNew = (): void => {
    if (ids !== null) return;
    const fresh = dueMoves(ports.store.list().reverse(), key, null).filter(({ id }) => !taken.has(id));
    for (const record of fresh) taken.add(record.id);
    due.push(...fresh);
  };
  const work = async (): Promise<void> => {
    for (;;) {
      if (next === due.length) takeNew();
      if (next >= due.length || isStopped) return;
      context.signal.throwIfAborted();
      const record = due[next++] as MoveRecord;
      const problem = await analyzeOne(ports, record, context);
      if (problem !== null) failed.push({ id: record.id, message: problem });
      done += 1;
      context.stage(CLIPS, done / due.length, { message: record.media.name });
    }
  };
  const stopping = (error: unknown): never => {
    isStopped = true;
    throw error;
  };
  context.stage(CLIPS, 0);
  const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL }, () => work().catch(stopping)));
  const bad = outcomes.find((outcome) => outcome.status === 'rejected');
  if (bad) throw bad.reason;
  context.stage(STORE, 0);
  await ports.file(context.signal);
  context.stage(STORE, 1);
  return { analysed: due.length - failed.length, failed };
}

export function moveAnalysisHandler(ports: MoveAnalysisPorts): JobHandler<z.infer<typeof PayloadSchema>, MoveAnalysisResult> {
  return {
    kind: 'library-analysis',
    payload: PayloadSchema,
    stages: [
      { name: CLIPS, weight: 0.98 },
      { name: STORE, weight: 0.02 },
    ],
    lane: 'background',
    run: ({ ids }, context) => analyzeAll(ports, ids, context),
  };
}
