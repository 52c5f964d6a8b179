/**
 * The job behind "Analyse moves": clip by clip, two at a time, each stored when it is done, so that a killed job goes on with the
 * next clip. A clip that fails, or that ends the host whenever it is looked at, is noted on its move and holds up no other.
 */
import { z } from 'zod';

import { IdSchema } from '../../contract/ids.ts';
import { isAbort, toAppError } from '../../contract/errors.ts';
import { analysisText } from '../../contract/text/en/library-import.ts';
import type { JobContext, JobHandler } from '../jobs/job-handler.ts';
import { type ClipAnalysisPorts, type ClipFindings, analysisKey, analyzeClip } from './analyze-clip.ts';
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
  /** Called when the clips are known. */
  readonly known: () => void;
}

const PayloadSchema = z.object({ ids: z.array(IdSchema).nullable() });
export interface MoveAnalysisResult {
  readonly analysed: number;
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

const { clips: CLIPS, store: STORE } = analysisText.stages;
/** Clips at once: while one is decoded, the other is looked at. */
const PARALLEL = 2;

/** How a clip came off: what went wrong with it, null for nothing; 'crashed' when the host ended under it, for this clip or another's. */
type Outcome = { readonly problem: string | null } | 'crashed';

class MoveAnalysisRun {
  readonly #ports: MoveAnalysisPorts;
  readonly #context: JobContext;
  readonly #ids: readonly string[] | null;
  readonly #key: string;
  readonly #due: MoveRecord[];
  readonly #taken: Set<string>;
  /** Clips a host ended under: they are looked at alone before any other. */
  readonly #suspects: MoveRecord[] = [];
  readonly #failed: { id: string; message: string }[] = [];
  #next = 0;
  #done = 0;
  #isStopped = false;

  constructor(ports: MoveAnalysisPorts, ids: readonly string[] | null, context: JobContext) {
    this.#ports = ports;
    this.#ids = ids;
    this.#context = context;
    this.#key = analysisKey(ports.poses);
    // The oldest first: as they were imported.
    this.#due = dueMoves(ports.store.list().reverse(), this.#key, ids);
    this.#taken = new Set(this.#due.map(({ id }) => id));
  }

  async run(): Promise<MoveAnalysisResult> {
    this.#context.stage(CLIPS, 0);
    do {
      for (const record of this.#suspects.splice(0)) await this.#alone(record);
      await this.#together();
    } while (this.#suspects.length > 0);
    this.#context.stage(STORE, 0);
    await this.#ports.file(this.#context.signal);
    this.#ports.known();
    this.#context.stage(STORE, 1);
    return { analysed: this.#due.length - this.#failed.length, failed: this.#failed };
  }

  /** Clip after clip, until none is left or one is suspect. */
  async #together(): Promise<void> {
    const stopping = (error: unknown): never => {
      this.#isStopped = true;
      throw error;
    };
    const outcomes = await Promise.allSettled(Array.from({ length: PARALLEL }, () => this.#work().catch(stopping)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  async #work(): Promise<void> {
    for (;;) {
      if (this.#next === this.#due.length) this.#takeNew();
      if (this.#next >= this.#due.length || this.#isStopped || this.#suspects.length > 0) return;
      const record = this.#due[this.#next++] as MoveRecord;
      const outcome = await this.#analyze(record);
      if (outcome === 'crashed') this.#suspects.push(record);
      else this.#finish(record, outcome.problem);
    }
  }

  /** A host that ends under a clip with nothing beside it ends because of that clip. */
  async #alone(record: MoveRecord): Promise<void> {
    const { note, signal } = this.#context;
    const { name } = record.media;
    note(analysisText.alone(name));
    const outcome = await this.#analyze(record);
    if (outcome !== 'crashed') return this.#finish(record, outcome.problem);
    signal.throwIfAborted();
    this.#remember(record, analysisText.crashed(name));
    this.#finish(record, analysisText.crashed(name));
  }

  #finish({ id, media }: MoveRecord, problem: string | null): void {
    if (problem !== null) this.#failed.push({ id, message: problem });
    this.#done += 1;
    this.#context.stage(CLIPS, this.#done / this.#due.length, { message: media.name });
  }

  /** Clips that were imported meanwhile belong to this job: asking for their analysis found it running. */
  #takeNew(): void {
    if (this.#ids !== null) return;
    const fresh = dueMoves(this.#ports.store.list().reverse(), this.#key, null).filter(({ id }) => !this.#taken.has(id));
    for (const record of fresh) this.#taken.add(record.id);
    this.#due.push(...fresh);
  }

  async #analyze(record: MoveRecord): Promise<Outcome> {
    const { signal, note } = this.#context;
    const { library } = this.#ports;
    signal.throwIfAborted();
    library.markAnalysing(record.id, true);
    try {
      this.#keep(record, await analyzeClip(this.#ports, record, signal));
      return { problem: null };
    } catch (error) {
      const problem = toAppError(error);
      const isOver = problem.code === 'host-crashed' && !problem.retryable;
      // A host that is not started again says nothing of the clips that are left.
      if (isAbort(error) || isOver || problem.code === 'disk-full') throw error;
      if (problem.code === 'host-crashed') return 'crashed';
      note(analysisText.failed(record.media.name, problem.message));
      // A file that is away says nothing about the clip.
      if (!problem.retryable && problem.code !== 'media-missing') this.#remember(record, problem.message);
      return { problem: problem.message };
    } finally {
      library.markAnalysing(record.id, false);
    }
  }

  #keep({ id }: MoveRecord, { analysis, embeddings, estimates, curves }: ClipFindings): void {
    const { store } = this.#ports;
    store.transaction(() => {
      for (const kind of ['pose', 'audio'] as const) {
        store.dropEmbeddings(id, kind, (space) => !isComputed(space) || embeddings.some((each) => each.kind === kind && each.space === space));
      }
      for (const embedding of embeddings) store.putEmbedding(id, embedding);
      store.putCurves(id, curves);
      store.setAnalysis(id, analysis);
      setLabels(store, id, 'estimate', { ...store.get(id)?.labels.estimate, ...estimates });
    });
  }

  /** Stays with the move, so that the clip is not tried again by itself. */
  #remember({ id, media }: MoveRecord, problem: string): void {
    this.#ports.store.setAnalysis(id, { key: this.#key, stamp: media.stamp, problem, movement: 0, startMovement: 0, endMovement: 0, startPose: null, endPose: null });
    this.#ports.library.announce([id]);
  }
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
    run: ({ ids }, context) => new MoveAnalysisRun(ports, ids, context).run(),
  };
}
