/** Searches the library once for each section of a song; a search that fails is told to the caller, not thrown. */
import type { ChoreographyParameters } from '../../contract/documents/choreography.ts';
import { MOST_HITS } from '../../contract/documents/move-search.ts';
import type { SongAnalysis } from '../../contract/documents/song-analysis.ts';
import { isAbort } from '../../contract/errors.ts';
import type { Log } from '../log.ts';
import { type FoundStretch, type Matches, matchesOf } from './plan/matches.ts';
import type { MoveFinder } from './ports.ts';

/** Sections of a song beyond this many share a search. */
const MOST_SEARCHES = 40;

/** @returns null when the search failed (S1-84 of the requirements: random selection, told). */
export async function searchSections(finder: MoveFinder, songId: string, { sections, duration }: SongAnalysis, parameters: ChoreographyParameters, log: Log): Promise<Matches | null> {
  const stretches = sections.length > 0 && sections.length <= MOST_SEARCHES ? sections : [{ start: 0, end: duration }];
  const text = [parameters.style, parameters.mood, ...parameters.prefer].filter((word) => word !== null).join(' ').slice(0, 500);
  const found: FoundStretch[] = [];
  try {
    for (const { start, end } of stretches) {
      const { hits, source } = await finder.search({
        ...(text === '' ? {} : { text }),
        section: { song_id: songId, start, end },
        filters: {},
        exclude: [],
        relax: false,
        top: MOST_HITS,
      });
      if (source === 'random') return null;
      found.push({ startS: start, endS: end, hits });
    }
  } catch (error) {
    if (isAbort(error)) throw error;
    log.warn({ err: error, song_id: songId, parameters }, 'the search for moves failed; moves are drawn at random');
    return null;
  }
  return matchesOf(found);
}
