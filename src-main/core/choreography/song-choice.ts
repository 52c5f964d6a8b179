/** Which song suits a description, with the reasons. Pure. */
import type { ParsedRequest, SongChoice } from '../../contract/documents/choreography.ts';
import type { SongSummary } from '../../contract/documents/song.ts';
import { choreographyText } from '../../contract/text/en/choreography.ts';
import { stemOf } from './describe/words.ts';

const say = choreographyText.songReason;
/** What counts how much; what nothing was said about does not count. */
const WEIGHTS = { words: 6, tempo: 4, energy: 1.5, moves: 0.6, rhythm: 0.4 } as const;
/** Beats per minute of slow, medium and fast music to dance to. */
const TEMPO = { slow: [50, 105], medium: [95, 132], fast: [125, 240] } as const;
/** A song that was not listened to may be anything. */
const UNHEARD = 0.4;
const ENERGY = { low: 0.25, medium: 0.5, high: 0.75 } as const;
/** Moves within this share of the song's tempo can be danced to it. */
const REACH = 0.1;

interface Part {
  readonly weight: number;
  readonly score: number;
  readonly reason: string | null;
}

/** Best first; equal ones by name, then id. */
export function rankSongs(songs: readonly SongSummary[], { song: wish, parameters }: Pick<ParsedRequest, 'song' | 'parameters'>, moveTempos: readonly number[]): SongChoice[] {
  const choices = songs.map((song) => {
    const parts = [wordsPart(song, wish.words), tempoPart(song, wish), energyPart(song, parameters.energy_level), movesPart(song, moveTempos), rhythmPart(song)].filter((part) => part !== null);
    const weight = parts.reduce((sum, part) => sum + part.weight, 0);
    const score = weight === 0 ? 0.5 : parts.reduce((sum, part) => sum + part.weight * part.score, 0) / weight;
    const isHeard = song.state === 'ready' || song.state === 'stale' || song.tempo !== null;
    const reasons = parts.toSorted((a, b) => b.weight * b.score - a.weight * a.score).flatMap(({ reason }) => (reason === null ? [] : [reason]));
    return { song_id: song.id, name: song.info.title ?? song.name, score: isHeard ? score : score * UNHEARD, reasons: isHeard ? reasons : [...reasons, say.notAnalyzed] };
  });
  return choices.sort((a, b) => b.score - a.score || a.name.localeCompare(b.name, 'en') || (a.song_id < b.song_id ? -1 : 1));
}

function wordsPart({ name, info }: SongSummary, words: readonly string[]): Part | null {
  if (words.length === 0) return null;
  const text = [name, info.title ?? '', info.artist ?? '', info.genre ?? '', ...info.tags].join(' ');
  const stems = new Set(text.split(/[^\p{L}\p{N}'’]+/u).map(stemOf));
  const found = words.filter((word) => word.split(/[^\p{L}\p{N}'’]+/u).filter((each) => each !== '').every((each) => stems.has(stemOf(each))));
  return { weight: WEIGHTS.words, score: found.length / words.length, reason: found.length === 0 ? null : say.words(found) };
}

function tempoPart({ tempo }: SongSummary, { tempo: preference, bpm }: ParsedRequest['song']): Part | null {
  const range = bpm ?? (preference === null ? null : TEMPO[preference]);
  if (range === null) return null;
  if (tempo === null) return { weight: WEIGHTS.tempo, score: 0, reason: null };
  const [low, high] = range;
  const away = tempo < low ? Math.log2(low / tempo) : tempo > high ? Math.log2(tempo / high) : 0;
  return { weight: WEIGHTS.tempo, score: Math.max(0, 1 - away * 6), reason: away === 0 ? say.tempo(tempo) : say.tempoFar(tempo) };
}

function energyPart({ energy }: SongSummary, level: keyof typeof ENERGY | null): Part | null {
  if (level === null || energy === null) return null;
  const score = Math.max(0, 1 - 2 * Math.abs(energy - ENERGY[level]));
  return { weight: WEIGHTS.energy, score, reason: score > 0.6 ? say.energy(level) : null };
}

function movesPart({ tempo }: SongSummary, moveTempos: readonly number[]): Part | null {
  if (tempo === null || moveTempos.length === 0) return null;
  const near = moveTempos.filter((each) => Math.abs(each - tempo) <= tempo * REACH).length;
  return { weight: WEIGHTS.moves, score: near / moveTempos.length, reason: near === 0 ? null : say.moves(near) };
}

function rhythmPart({ tempo, state }: SongSummary): Part | null {
  return state === 'ready' || tempo !== null ? { weight: WEIGHTS.rhythm, score: tempo === null ? 0 : 1, reason: tempo === null ? null : say.rhythm } : null;
}
