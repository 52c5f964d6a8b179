/** The search: filters first, then the exact scan, then reasons. When the scan fails, moves are drawn by the query's own seed. */
import { EMBEDDING_KINDS } from '../../../contract/documents/move.ts';
import type { MoveHit, MoveQuery, MoveSearchResult } from '../../../contract/documents/move-search.ts';
import { AppError, isAbort } from '../../../contract/errors.ts';
import { searchText } from '../../../contract/text/en/library-import.ts';
import type { Log } from '../../log.ts';
import { pathOf } from '../move-document.ts';
import { nameOfFile } from '../labels.ts';
import type { LabelValues, MoveRecord, MoveStore, ScanHit, SongStretch } from '../ports.ts';
import { hasUnwanted } from '../text/query-words.ts';
import { drawn } from './drawn.ts';
import { type Filtered, filtered } from './filters.ts';
import { followers } from './follow.ts';
import type { LoadedMoves, MoveIndex } from './move-index.ts';
import { type Question, questionOf } from './question.ts';

export interface MoveSearchPorts {
  readonly index: MoveIndex;
  readonly store: MoveStore;
  readonly stretch: SongStretch;
  readonly log: Log;
  /** Hits of a query that does not say how many. */
  readonly top: () => number;
  /** Milliseconds since some point, for the duration. */
  readonly elapsedMs: () => number;
}

interface Ranked {
  readonly hits: readonly { readonly row: number; readonly score: number; readonly parts: MoveHit['parts']; readonly reason: string }[];
  readonly notes: readonly string[];
}

const NO_PARTS = { pose: null, audio: null, text: null } as const;

export class MoveSearch {
  readonly #ports: MoveSearchPorts;

  constructor(ports: MoveSearchPorts) {
    this.#ports = ports;
  }

  /** @throws AppError 'move-not-found' for an example that is none */
  async search(query: MoveQuery): Promise<MoveSearchResult> {
    const { index, top: defaultTop, elapsedMs } = this.#ports;
    const begin = elapsedMs();
    const moves = await index.current();
    for (const id of [query.like, query.follow]) {
      if (id !== undefined && !moves.rowOf.has(id)) throw new AppError('move-not-found', `There is no move ${id}.`, { hint: 'It may have been removed from the library.' });
    }
    const top = query.top ?? defaultTop();
    const question = questionOf(query, moves, this.#ports.stretch);
    const open = this.#open(query, question, moves);
    const chosen = filtered(moves.records, moves.values, query.filters, { isOpen: open.isOpen, doesRelax: query.relax, top });
    const { ranked, isRandom } = await this.#ranked(query, question, moves, chosen, top);
    const folders = new Map(this.#ports.store.folders().map(({ id, name }) => [id, name]));
    return {
      hits: ranked.hits.map((hit) => hitOf(hit, moves.records[hit.row] as MoveRecord, moves.values[hit.row] as LabelValues, folders)),
      notes: [...moves.notes, ...chosen.notes, ...open.notes, ...question.notes, ...ranked.notes],
      filters: chosen.filters,
      candidates: chosen.candidates,
      source: isRandom ? 'random' : moves.source,
      duration_ms: elapsedMs() - begin,
    };
  }

  /** Rows that may be answered whatever the filters. */
  #open({ exclude, like, follow }: MoveQuery, { words }: Question, { records, values }: LoadedMoves): { isOpen: (row: number) => boolean; notes: string[] } {
    const left = new Set([...exclude, ...[like, follow].filter((id) => id !== undefined)]);
    const unwanted = words?.unwanted ?? new Set<string>();
    let [away, refused] = [0, 0];
    const open = records.map(({ id, media }, row) => {
      if (left.has(id)) return false;
      if (media.isMissing) return (away += 1) < 0;
      return hasUnwanted(values[row] as LabelValues, unwanted) ? (refused += 1) < 0 : true;
    });
    const notes = [...(away > 0 ? [searchText.missing(away)] : []), ...(refused > 0 ? [searchText.unwanted([...unwanted].map((name) => name.slice(2)).join(', '), refused)] : [])];
    return { isOpen: (row) => open[row] === true, notes };
  }

  async #ranked(query: MoveQuery, question: Question, moves: LoadedMoves, chosen: Filtered, top: number): Promise<{ ranked: Ranked; isRandom: boolean }> {
    try {
      if (query.follow !== undefined) return { ranked: await followers(query.follow, moves, { question, mask: chosen.mask, top, prefer: query.prefer }), isRandom: false };
      if (EMBEDDING_KINDS.every((kind) => question.vectors[kind] === null)) return { ranked: inOrder(moves, chosen, top), isRandom: false };
      const hits = await moves.matrix(question.spaces).search({ ...question.vectors, weights: question.weights, mask: chosen.mask, top });
      return { ranked: reasoned(hits.map((hit: ScanHit) => ({ ...hit, reason: question.reason(hit, moves.values[hit.row] as LabelValues) })), query), isRandom: false };
    } catch (error) {
      if (isAbort(error)) throw error;
      this.#ports.log.error({ err: error, query }, 'the search failed; moves are drawn at random');
      const hits = drawn(JSON.stringify(query), moves.records.length, chosen.mask, top).map((row) => ({ row, score: 0, parts: NO_PARTS, reason: searchText.reasons.random }));
      return { ranked: { hits, notes: [searchText.allFailed] }, isRandom: true };
    }
  }
}

/** Words alone find what can be said why: a move that neither has them nor is spelt alike is no answer. */
function reasoned(hits: Ranked['hits'], { like, section }: MoveQuery): Ranked {
  if (like !== undefined || section !== undefined) return { hits, notes: [] };
  const found = hits.filter(({ reason }) => reason !== searchText.reasons.all);
  return { hits: found, notes: found.length === 0 && hits.length > 0 ? [searchText.nothing] : [] };
}

/** Nothing is asked of the vectors: by their names. */
function inOrder({ records }: LoadedMoves, { mask }: Filtered, top: number): Ranked {
  const rows = records.map((_, row) => row).filter((row) => mask === null || mask[row] === 1);
  const byPath = rows.sort((a, b) => (records[a]?.path ?? '').localeCompare(records[b]?.path ?? '', 'en', { numeric: true }) || a - b);
  return { hits: byPath.slice(0, top).map((row) => ({ row, score: 0, parts: NO_PARTS, reason: searchText.reasons.all })), notes: [] };
}

function hitOf({ score, parts, reason }: Ranked['hits'][number], record: MoveRecord, labels: LabelValues, folders: ReadonlyMap<string, string>): MoveHit {
  const folder = record.folderId === null ? undefined : folders.get(record.folderId);
  return { id: record.id, path: pathOf(record, folder), name: labels.name ?? nameOfFile(record.media.name), category: labels.category ?? null, score, reason, parts };
}
