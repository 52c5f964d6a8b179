/**
 * Where a film is cut: borders on the beat grid. Sections begin on their nearest downbeat; inside one, eight counts go from
 * cut to cut, four in the liveliest choruses and sixteen in quiet parts. What is before the first and after the last beat
 * belongs to the first and last segment, or becomes its own where that would be too long. Pure.
 */
import { BEATS_PER_BAR, type SongSection } from '../../../contract/documents/song-analysis.ts';
import type { ChoreographyParameters, PlanSegment } from '../../../contract/documents/choreography.ts';
import type { Music } from './music.ts';

export interface Slot {
  readonly startS: number;
  readonly endS: number;
  /** Beats it covers. */
  readonly counts: number;
  readonly section: SongSection | null;
  /** Of the music, 0..1 of the song's own range. */
  readonly energy: number;
  /** The segment that stays as it is here. */
  readonly fixed: PlanSegment | null;
}

interface Piece {
  readonly startS: number;
  readonly endS: number;
  readonly counts: number;
}

/** Counts of a section that says nothing, in a bar of four; other bars take the nearest number of whole bars. */
const EIGHT = 8;
/** Sections that ask for longer pieces when they are quiet, and the energy that counts as quiet. */
const CALM = new Set<string>(['intro', 'outro', 'break', 'bridge', 'silence']);
const QUIET = 0.35;
/** Sections that ask for shorter pieces when they are lively. */
const DRIVING = new Set<string>(['chorus', 'solo']);
const LIVELY = 0.85;
/** A piece shorter than this is no picture but a flash. */
const LEAST_PIECE_S = 1.6;
/** In music without beats. */
const EVEN_PIECE_S = 4;
/** Before the first and after the last beat, less than this joins its neighbour. */
const LEAST_EDGE_S = 1.5;
const TINY_S = 1e-6;

export interface SlotOptions {
  readonly counts: ChoreographyParameters['counts'];
  /** The longest piece a clip can fill. */
  readonly longestS: number;
  /** Segments that stay, in order, without overlaps. */
  readonly fixed: readonly PlanSegment[];
}

/** @returns slots without a gap from 0 to the song's end, and whether pieces had to be shorter than asked. */
export function slotsOf(music: Music, options: SlotOptions): { slots: Slot[]; isSplit: boolean } {
  const { duration } = music.analysis;
  const cutter = new Cutter(music, options);
  const slots: Slot[] = [];
  let at = 0;
  for (const segment of options.fixed) {
    if (segment.start_s > at + TINY_S) slots.push(...cutter.between(at, segment.start_s));
    slots.push(slotAt(music, { startS: segment.start_s, endS: segment.end_s, counts: segment.counts }, segment));
    at = segment.end_s;
  }
  if (duration > at + TINY_S) slots.push(...cutter.between(at, duration));
  return { slots, isSplit: cutter.isSplit };
}

/** The slots of a plan as it stands. */
export function slotsOfSegments(music: Music, segments: readonly PlanSegment[], isFixed: (segment: PlanSegment) => boolean): Slot[] {
  return segments.map((segment) => slotAt(music, { startS: segment.start_s, endS: segment.end_s, counts: segment.counts }, isFixed(segment) ? segment : null));
}

export function slotAt(music: Music, { startS, endS, counts }: Piece, fixed: PlanSegment | null): Slot {
  const middle = (startS + endS) / 2;
  const section = music.analysis.sections.find(({ start, end }) => middle >= start && middle < end) ?? null;
  return { startS, endS, counts, section, energy: music.energy(startS, endS), fixed };
}

class Cutter {
  readonly #music: Music;
  readonly #options: SlotOptions;
  readonly #bar: number;
  /** Indexes of beats at which sections begin. */
  readonly #borders: ReadonlySet<number>;
  isSplit = false;

  constructor(music: Music, options: SlotOptions) {
    this.#music = music;
    this.#options = options;
    const { time_signature: signature } = music.analysis;
    this.#bar = signature === null ? 4 : BEATS_PER_BAR[signature];
    this.#borders = sectionBeats(music);
  }

  between(from: number, to: number): Slot[] {
    const pieces = this.#music.hasBeats ? this.#onBeats(from, to) : this.#evenly(from, to);
    return pieces.map((piece) => slotAt(this.#music, piece, null));
  }

  /** Music without beats: even pieces inside each section. */
  #evenly(from: number, to: number): Piece[] {
    const inside = this.#music.analysis.sections.map(({ start }) => start).filter((start) => start > from + LEAST_PIECE_S && start < to - LEAST_PIECE_S);
    const edges = [from, ...inside.filter((start, index) => index === 0 || start - (inside[index - 1] ?? 0) > LEAST_PIECE_S), to];
    return edges.slice(1).flatMap((end, index) => this.#cutEvenly({ startS: edges[index] ?? from, endS: end, counts: 0 }, Math.min(EVEN_PIECE_S, this.#options.longestS)));
  }

  #onBeats(from: number, to: number): Piece[] {
    const { beats } = this.#music.analysis;
    const first = beats.findIndex((beat) => beat >= from - TINY_S);
    const after = beats.findIndex((beat) => beat >= to - TINY_S);
    const last = after < 0 ? beats.length : after;
    if (first < 0 || last <= first) return this.#fitted([{ startS: from, endS: to, counts: 0 }]);
    const starts = [first, ...[...this.#borders].filter((beat) => beat > first && beat < last)].sort((a, b) => a - b);
    const pieces = starts.flatMap((start, index) => this.#region(start, starts[index + 1] ?? last, to));
    return this.#fitted(this.#withEdges(pieces, from, to));
  }

  /** The beats [first, end) as pieces of whole counts; what is left over at the end joins the last piece or is its own. */
  #region(first: number, end: number, to: number): Piece[] {
    const { beats } = this.#music.analysis;
    const time = (beat: number): number => (beat < beats.length ? Math.min(to, beats[beat] ?? to) : to);
    const counts = this.#countsAt(time(first), time(end), end - first);
    const pieces: Piece[] = [];
    let at = first + this.#pickup(first, end, counts);
    if (at > first) pieces.push({ startS: time(first), endS: time(at), counts: at - first });
    while (at < end) {
      const rest = end - at;
      const taken = rest < counts * 1.5 ? rest : counts;
      pieces.push({ startS: time(at), endS: time(at + taken), counts: taken });
      at += taken;
    }
    return pieces;
  }

  /** Beats before the first downbeat, in a region that begins with an incomplete bar. */
  #pickup(first: number, end: number, counts: number): number {
    const { beats, downbeats } = this.#music.analysis;
    const downs = new Set(downbeats);
    for (let beat = first; beat < Math.min(end, first + this.#bar); beat += 1) {
      if (downs.has(beats[beat] ?? -1)) return beat > first && end - beat >= counts ? beat - first : 0;
    }
    return 0;
  }

  /** Counts from cut to cut in a region. */
  #countsAt(startS: number, endS: number, beats: number): number {
    const period = (endS - startS) / Math.max(1, beats);
    const wanted = this.#options.counts === 'auto' ? this.#asked(startS, endS, period) : this.#options.counts;
    let counts = Math.max(1, Math.round(wanted / this.#bar) * this.#bar);
    while (counts > 1 && counts * period > this.#options.longestS) {
      this.isSplit = true;
      counts = Math.ceil(counts / 2);
    }
    return counts;
  }

  #asked(startS: number, endS: number, period: number): number {
    const { section, energy } = slotAt(this.#music, { startS, endS, counts: 0 }, null);
    const label = section?.label ?? '';
    if (EIGHT * period < LEAST_PIECE_S) return EIGHT * 2;
    if (CALM.has(label) && energy <= QUIET && EIGHT * 2 * period <= this.#options.longestS) return EIGHT * 2;
    return DRIVING.has(label) && energy >= LIVELY && (EIGHT / 2) * period >= LEAST_PIECE_S ? EIGHT / 2 : EIGHT;
  }

  #withEdges(pieces: readonly Piece[], from: number, to: number): Piece[] {
    const all = [...pieces];
    const [first, last] = [all[0], all.at(-1)];
    if (!first || !last) return [{ startS: from, endS: to, counts: 0 }];
    const fits = (lengthS: number): boolean => lengthS <= this.#options.longestS;
    if (first.startS > from + TINY_S) {
      if (first.startS - from < LEAST_EDGE_S && fits(first.endS - from)) all[0] = { ...first, startS: from };
      else all.unshift({ startS: from, endS: first.startS, counts: 0 });
    }
    return this.#closed(all, to);
  }

  /** The last piece ends with its last beat's own length; what sounds on after that is a piece of its own where it is long. */
  #closed(all: Piece[], to: number): Piece[] {
    const last = all.at(-1) as Piece;
    const { beats } = this.#music.analysis;
    const lastBeat = beats.findLast((beat) => beat < to - TINY_S) ?? last.startS;
    const period = (lastBeat - (beats[0] ?? 0)) / Math.max(1, beats.findLastIndex((beat) => beat < to - TINY_S));
    const end = Math.min(to, lastBeat + period);
    if (to - end < LEAST_EDGE_S || end <= last.startS) return all;
    return [...all.slice(0, -1), { ...last, endS: end }, { startS: end, endS: to, counts: 0 }];
  }

  /** No piece longer than a clip: on beats where it has them, else evenly. */
  #fitted(pieces: readonly Piece[]): Piece[] {
    return pieces.flatMap((piece) => (piece.endS - piece.startS <= this.#options.longestS + TINY_S ? [piece] : this.#halved(piece)));
  }

  #halved(piece: Piece): Piece[] {
    this.isSplit ||= piece.counts > 0;
    const inside = this.#music.analysis.beats.filter((beat) => beat > piece.startS + TINY_S && beat < piece.endS - TINY_S);
    const middle = inside[Math.floor(inside.length / 2)];
    if (middle === undefined) return this.#cutEvenly(piece, this.#options.longestS);
    const before = inside.indexOf(middle) + 1;
    const counts = Math.min(piece.counts, before);
    return this.#fitted([
      { startS: piece.startS, endS: middle, counts },
      { startS: middle, endS: piece.endS, counts: Math.max(0, piece.counts - counts) },
    ]);
  }

  #cutEvenly({ startS, endS, counts }: Piece, lengthS: number): Piece[] {
    const parts = Math.max(1, Math.ceil((endS - startS) / lengthS - TINY_S));
    const edge = (part: number): number => (part === parts ? endS : startS + ((endS - startS) * part) / parts);
    return Array.from({ length: parts }, (_, part) => ({ startS: edge(part), endS: edge(part + 1), counts: parts === 1 ? counts : 0 }));
  }
}

/** The beats nearest to where sections begin, downbeats before others. */
function sectionBeats({ analysis: { beats, downbeats, sections, duration } }: Music): ReadonlySet<number> {
  const index = new Map(beats.map((beat, at) => [beat, at]));
  const period = duration / Math.max(1, beats.length);
  const borders = new Set<number>();
  for (const { start } of sections) {
    const nearest = (among: readonly number[]): number | undefined => among.reduce<number | undefined>((best, beat) => (best === undefined || Math.abs(beat - start) < Math.abs(best - start) ? beat : best), undefined);
    const down = nearest(downbeats);
    const beat = down !== undefined && Math.abs(down - start) <= 2.5 * period ? down : nearest(beats);
    const at = beat === undefined ? undefined : index.get(beat);
    if (at !== undefined && Math.abs((beat ?? 0) - start) <= 4 * period) borders.add(at);
  }
  return borders;
}
