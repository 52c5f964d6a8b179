/** Where in the film a recorded performance began, read from the head of its file of events (docs/performances.md). */
interface Header {
  readonly sample_rate: number;
  readonly start_sample: number;
}

interface FilmLine {
  readonly at: number;
  readonly film: { readonly film_s: number; readonly speed: number };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // The head may end within a line.
    return null;
  }
}

const isHeader = (value: unknown): value is Header => typeof value === 'object' && value !== null && 'kinetone_performance' in value;
const isFilm = (value: unknown): value is FilmLine => typeof value === 'object' && value !== null && 'film' in value;

/**
 * The time of the film at the recording's first sample, as the stretch in which it ran tells; negative when the film only
 * began to run later on.
 * @param head  the first lines of the file
 * @returns null when no film ran
 */
export function performanceStartS(head: string): number | null {
  const [first, ...rest] = head.split('\n').map(parsed);
  if (!isHeader(first)) return null;
  const lines = rest.filter(isFilm);
  const { start_sample: start, sample_rate: rate } = first;
  const inForce = lines.findLast(({ at }) => at <= start);
  const line = inForce && inForce.film.speed > 0 ? inForce : lines.find(({ at, film }) => at > start && film.speed > 0);
  return line ? line.film.film_s + ((start - line.at) / rate) * line.film.speed : null;
}
