/**
 * Choreographer: words → request, request → song, song + moves → plan, plan → blueprint. Plans of identical requests are
 * kept by the hash of all they depend on. A proposer, where one is allowed, is asked first; what it says is validated, and
 * when it does not hold the work is done here.
 */
import { createHash } from 'node:crypto';

import {
  type Alternative,
  type ChoreographyExport,
  type ChoreographyParameters,
  DEFAULT_CHOREOGRAPHY_EXPORT,
  DEFAULT_CHOREOGRAPHY_PARAMETERS,
  type ParsedRequest,
  type Plan,
  type PlanFault,
  type PlanNote,
  type SongChoice,
} from '../../contract/documents/choreography.ts';
import type { Blueprint } from '../../contract/documents/blueprint.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import { AppError } from '../../contract/errors.ts';
import { PLANNER_VERSION } from '../../contract/limits.ts';
import type { Planned, PlanRequest } from '../../contract/operations/choreography.ts';
import { choreographyText as say } from '../../contract/text/en/choreography.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { filmName, planToBlueprint } from './blueprint.ts';
import { parseRequest } from './describe/parse.ts';
import { proposeRequest, proposeSequence } from './gemini/propose.ts';
import { ClipShelf } from './library-clips.ts';
import { faultsOf, rescored } from './plan/check.ts';
import type { Matches } from './plan/matches.ts';
import { randomMatches } from './plan/matches.ts';
import { musicOf } from './plan/music.ts';
import { alternativesFor } from './plan/others.ts';
import { type PlanInput, planned } from './plan/planner.ts';
import type { Scene } from './plan/variants.ts';
import { wishesOf } from './plan/wishes.ts';
import type { MoveFinder, MoveSource, PlanStore, Proposer, SongSource } from './ports.ts';
import { searchSections } from './section-search.ts';
import { inSlices } from './slices.ts';
import { rankSongs } from './song-choice.ts';

export interface ChoreographerPorts {
  readonly moves: MoveSource;
  readonly finder: MoveFinder;
  readonly songs: SongSource;
  readonly plans: PlanStore;
  readonly proposer: Proposer;
  readonly clock: Clock;
  readonly log: Log;
  /** Milliseconds since some point. */
  readonly elapsedMs: () => number;
}

/** A request with everything it leaves open decided. */
interface Decided {
  readonly request: ParsedRequest | null;
  readonly songId: string;
  readonly choice: SongChoice | null;
  readonly parameters: ChoreographyParameters;
}

export class Choreographer {
  readonly #ports: ChoreographerPorts;
  readonly #shelf: ClipShelf;

  constructor(ports: ChoreographerPorts) {
    this.#ports = ports;
    this.#shelf = new ClipShelf(ports.moves);
  }

  /** Never fails on words; where the proposer is not there or fails, a note says so. */
  async parse(text: string, { useGemini, isSongGiven = false, signal }: { useGemini: boolean; isSongGiven?: boolean; signal: AbortSignal }): Promise<ParsedRequest> {
    const local = parseRequest(text, this.#vocabulary(), { isSongGiven });
    return useGemini ? proposeRequest(this.#ports.proposer, local, signal) : local;
  }

  suggestSongs(text: string, top: number): SongChoice[] {
    return this.#ranked(parseRequest(text, this.#vocabulary())).slice(0, top);
  }

  /**
   * @throws AppError 'song-not-analyzed', 'choreography-impossible', 'media-not-found', 'input-invalid'; AbortError
   * Cost: 4 minutes of song and 200 moves in well under a second, in slices of a few ms.
   */
  async plan(given: PlanRequest, signal: AbortSignal): Promise<Planned> {
    const begin = this.#ports.elapsedMs();
    const decided = await this.#decided(given, signal);
    const analysis = this.#ports.songs.analysis(decided.songId);
    const key = this.#key(given, decided, analysis);
    const stored = given.use_gemini ? null : this.#ports.plans.get(key);
    const plan = stored ?? (await this.#planned(given, decided, analysis, signal));
    if (stored === null && plan.source !== 'random' && !given.use_gemini) this.#ports.plans.put(key, plan, this.#ports.clock.nowMs());
    return { plan, is_cached: stored !== null, request: decided.request, song_choice: decided.choice, duration_ms: this.#ports.elapsedMs() - begin };
  }

  /** Moves for one segment with its neighbours as they are. @throws AppError 'not-found', 'song-not-analyzed' */
  async alternatives(plan: Plan, segmentId: string, top: number): Promise<Alternative[]> {
    const at = plan.segments.findIndex(({ id }) => id === segmentId);
    if (at < 0) throw new AppError('not-found', say.error.noSegment.message, { hint: say.error.noSegment.hint });
    return alternativesFor(await this.#scene(plan), plan, { at, top, library: this.#shelf.current() });
  }

  async check(plan: Plan): Promise<{ plan: Plan; faults: PlanFault[] }> {
    const scene = await this.#scene(plan);
    return { plan: rescored(scene, plan, this.#shelf.current().byId), faults: this.#faults(plan) };
  }

  /** @throws AppError 'choreography-impossible' with every fault in its details */
  blueprint(plan: Plan, settings: ChoreographyExport = DEFAULT_CHOREOGRAPHY_EXPORT, taskId: string = filmName(plan.song_name)): Blueprint {
    const faults = this.#faults(plan);
    const [first] = faults;
    if (first) throw new AppError('choreography-impossible', first.message, { hint: first.hint, details: { faults } });
    return planToBlueprint(plan, { taskId, export: settings, song: this.#ports.songs.file(plan.song_id), clip: (id) => this.#ports.moves.file(id) });
  }

  #faults(plan: Plan): PlanFault[] {
    return faultsOf(plan.segments, this.#ports.songs.analysis(plan.song_id).duration, this.#shelf.current().byId);
  }

  #vocabulary(): { moves: string[]; styles: string[] } {
    const { clips } = this.#shelf.current();
    const known = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))];
    return { moves: known(clips.map(({ category }) => category)), styles: known(clips.map(({ style }) => style)) };
  }

  #ranked(request: Pick<ParsedRequest, 'song' | 'parameters'>): SongChoice[] {
    const tempos = this.#shelf.current().clips.flatMap(({ tempo }) => (tempo === null ? [] : [tempo]));
    return rankSongs(this.#ports.songs.list(), request, tempos);
  }

  async #decided({ song_id: named, text, parameters: given, previous, use_gemini: useGemini }: PlanRequest, signal: AbortSignal): Promise<Decided> {
    const song = named ?? previous?.song_id ?? null;
    const request = text === null || text.trim() === '' ? null : await this.parse(text, { useGemini, isSongGiven: song !== null, signal });
    const base = request?.parameters ?? previous?.parameters ?? DEFAULT_CHOREOGRAPHY_PARAMETERS;
    const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<ChoreographyParameters>;
    const parameters = { ...base, ...said };
    if (song !== null) return { request, songId: this.#ports.songs.idOf(song), choice: null, parameters };
    const [choice] = this.#ranked(request ?? { song: { words: [], tempo: null, bpm: null }, parameters });
    if (!choice) throw new AppError('choreography-impossible', say.error.noSong.message, { hint: say.error.noSong.hint });
    return { request, songId: choice.song_id, choice, parameters };
  }

  #key({ seed, previous, replan }: PlanRequest, { songId, parameters }: Decided, analysis: SongAnalysis): string {
    const { digest } = this.#shelf.current();
    const kept = previous?.segments.filter(({ is_locked: isLocked }) => isLocked || replan !== null) ?? [];
    const facts = [PLANNER_VERSION, songId, parameters, seed, kept, replan, analysis, digest];
    return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
  }

  async #planned(given: PlanRequest, { songId, parameters }: Decided, analysis: SongAnalysis, signal: AbortSignal): Promise<Plan> {
    if (given.previous !== null && given.replan !== null) this.#requireWhole(given.previous, analysis);
    const input: PlanInput = {
      song: { id: songId, name: this.#ports.songs.name(songId) },
      analysis,
      clips: this.#shelf.current().clips,
      parameters,
      seed: given.seed,
      matches: await searchSections(this.#ports.finder, songId, analysis, parameters, this.#ports.log),
      previous: given.previous,
      replan: given.replan === null ? null : new Set(given.replan),
      nowMs: this.#ports.clock.nowMs(),
    };
    const run = (from: PlanInput): Promise<Plan> => inSlices(planned(from), { signal, elapsedMs: this.#ports.elapsedMs });
    const local = await run(input);
    if (!given.use_gemini) return local;
    const proposed = await proposeSequence(this.#ports.proposer, { plan: local, clips: input.clips, analysis }, signal);
    if ('problem' in proposed) return withNote(local, { kind: 'gemini-failed', text: say.note.geminiFailed(say.gemini[proposed.problem]) });
    return run({ ...input, propose: () => proposed.moves });
  }

  /** Parts can be planned again only in a plan that covers the song. @throws AppError 'input-invalid' */
  #requireWhole({ segments }: Plan, { duration }: SongAnalysis): void {
    const known = new Map(segments.map((segment) => [segment.move_id, { durationS: Number.POSITIVE_INFINITY }]));
    const [fault] = faultsOf(segments, duration, known);
    if (fault) throw new AppError('input-invalid', fault.message, { hint: fault.hint, details: { segment_id: fault.segment_id } });
  }

  async #scene(plan: Plan): Promise<Scene> {
    const analysis = this.#ports.songs.analysis(plan.song_id);
    const { clips } = this.#shelf.current();
    const matches: Matches = (await searchSections(this.#ports.finder, plan.song_id, analysis, plan.parameters, this.#ports.log)) ?? randomMatches(plan.seed);
    const roles = { intro: clips.some(({ role }) => role === 'intro'), outro: clips.some(({ role }) => role === 'outro') };
    return { music: musicOf(analysis), wishes: wishesOf(plan.parameters), match: matches.of, roles, seed: 0 };
  }
}

function withNote(plan: Plan, note: PlanNote): Plan {
  return { ...plan, notes: [...plan.notes, note] };
}
