/** What the planner needs from the outside: moves with their movement, songs, the search, and places to keep plans. */
import type { Plan } from '../../contract/documents/choreography.ts';
import type { Move, MoveCurves } from '../../contract/documents/move.ts';
import type { MoveQuery, MoveSearchResult } from '../../contract/documents/move-search.ts';
import type { Song, SongSummary } from '../../contract/documents/song.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';

export interface PlannableMove {
  readonly move: Move;
  /** Null while it is not analysed: it can be shown, but lands nowhere. */
  readonly curves: MoveCurves | null;
}

export interface MoveSource {
  /** Moves whose files are there. */
  moves(): readonly PlannableMove[] | Promise<readonly PlannableMove[]>;
  /** Changes with every change of the library. */
  revision(): number | string;
}

export interface MoveFinder {
  /** @throws AppError */
  search(query: MoveQuery, signal?: AbortSignal): Promise<MoveSearchResult>;
}

export interface SongSource {
  list(): readonly SongSummary[];
  get(id: string): Song;
  /** @throws AppError 'song-not-analyzed' */
  analysis(id: string): SongAnalysis;
  /** @throws AppError 'media-not-found' */
  idOf(named: string | number): string;
  /** A path of a blueprint: library name and the path below it. */
  path(id: string): string;
  /** Resolves once the song is analysed. @throws AppError as the analysis failed; AbortError */
  analyzed(id: string, signal?: AbortSignal): Promise<void>;
}

/** Plans by what they were made from. */
export interface PlanStore {
  get(key: string): Plan | null;
  put(key: string, plan: Plan, nowMs: number): void;
}

