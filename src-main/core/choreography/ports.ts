/** What the planner needs from the outside: moves with their movement, songs, the search, a proposer, a place for plans. */
import type { Plan } from '../../contract/documents/choreography.ts';
import type { Move, MoveCurves } from '../../contract/documents/move.ts';
import type { MoveQuery, MoveSearchResult } from '../../contract/documents/move-search.ts';
import type { SongSummary } from '../../contract/documents/song.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import type { GeminiState } from '../../contract/operations/choreography.ts';

export interface PlannableMove {
  readonly move: Move;
  /** Null while it is not analysed: it can be shown, but lands nowhere. */
  readonly curves: MoveCurves | null;
}

/** A file as a blueprint names it, and the folder its first part stands for where that is no library folder. */
export interface BlueprintFile {
  readonly path: string;
  readonly root: { readonly name: string; readonly folder: string } | null;
}

export interface MoveSource {
  /** Each with a number that is another whenever its curves are; null while it has none. */
  moves(): readonly { readonly move: Move; readonly stamp: number | null }[];
  curves(id: string): MoveCurves | null;
  /** Rises with every change of the library. */
  revision(): number;
  /** @throws AppError 'move-not-found' */
  file(id: string): BlueprintFile;
}

export interface MoveFinder {
  /** @throws AppError */
  search(query: MoveQuery): Promise<Pick<MoveSearchResult, 'hits' | 'source'>>;
}

export interface SongSource {
  list(): readonly SongSummary[];
  name(id: string): string;
  /** @throws AppError 'song-not-analyzed' */
  analysis(id: string): SongAnalysis;
  /** The id of a song by its id or its number. @throws AppError 'media-not-found', 'media-no-audio' */
  idOf(named: string | number): string;
  file(id: string): BlueprintFile;
  /** Resolves once the song is analysed. @throws AppError as the analysis failed; AbortError */
  analyzed(id: string, signal: AbortSignal): Promise<void>;
}

/** Plans by the hash of what they were made from. */
export interface PlanStore {
  get(key: string): Plan | null;
  put(key: string, plan: Plan, nowMs: number): void;
}

/** A model that answers a question with JSON; what it answers is validated by who asked. */
export interface Proposer {
  state(): GeminiState;
  /**
   * @param schema  the JSON schema the answer is asked to have
   * @throws ProposerError; AbortError
   */
  ask(question: string, schema: object, signal: AbortSignal): Promise<unknown>;
}

export type ProposerProblem = 'notAllowed' | 'noKey' | 'timeout' | 'busy' | 'refused' | 'failed' | 'nonsense';

/** Why the proposer is of no use this time; the work is done here then. */
export class ProposerError extends Error {
  readonly problem: ProposerProblem;

  constructor(problem: ProposerProblem, cause?: unknown) {
    super(`The proposer: ${problem}.`, { cause });
    this.name = 'ProposerError';
    this.problem = problem;
  }
}
