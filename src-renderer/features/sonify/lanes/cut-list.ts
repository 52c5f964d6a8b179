/**
 * The hard cuts of a film: one coarse curve over the whole film, then a closer look only where it shows a cut, until the
 * moment of the cut's frame is known to a thirty-second of a frame. Values are held between frames, so a cut is a run of
 * points and begins where the run does.
 */
import { featureLayout } from '../../../../src-main/contract/feature-layout.ts';
import { floats } from '../../../api/client.ts';

const MOST_POINTS = 8192;
const MOST_CUTS = 2000;
const AT_ONCE = 4;
/** Points over two frames around a cut. */
const PRECISE_POINTS = 64;
const CUT = 0.5;

interface Stretch {
  readonly startS: number;
  readonly endS: number;
}

type ReadCurve = (stretch: Stretch, points: number) => Promise<Float32Array>;

/** Runs of points whose greatest value is a cut, as [first, last]. */
export function cutRuns(triples: Float32Array): [number, number][] {
  const runs: [number, number][] = [];
  for (let point = 0; point * 3 < triples.length; point += 1) {
    if (!((triples[point * 3 + 1] ?? 0) >= CUT)) continue;
    const last = runs.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else runs.push([point, point]);
  }
  return runs;
}

async function inTurns<In, Out>(items: readonly In[], work: (item: In) => Promise<Out>): Promise<Out[]> {
  const results: Out[] = [];
  for (let i = 0; i < items.length; i += AT_ONCE)
    results.push(...(await Promise.all(items.slice(i, i + AT_ONCE).map(work))));
  return results;
}

/** Where runs of a curve lie in time. */
async function look(read: ReadCurve, stretch: Stretch, points: number): Promise<Stretch[]> {
  const pointS = (stretch.endS - stretch.startS) / points;
  return cutRuns(await read(stretch, points)).map(([first, last]) => ({
    startS: stretch.startS + first * pointS,
    endS: stretch.startS + (last + 1) * pointS,
  }));
}

/** The first moment at which the cut's frame is on screen, never before it. */
async function momentOf(read: ReadCurve, run: Stretch, framePeriodS: number): Promise<number> {
  const stretch = { startS: Math.max(0, run.startS - framePeriodS), endS: run.startS + framePeriodS };
  const [first] = cutRuns(await read(stretch, PRECISE_POINTS));
  return first ? stretch.startS + ((first[0] + 1) * (stretch.endS - stretch.startS)) / PRECISE_POINTS : run.startS;
}

/** Times of all cuts, rising, by a reader of the scene-change curve. */
export async function findCuts(read: ReadCurve, durationS: number, framePeriodS: number): Promise<number[]> {
  const halfFrames = Math.max(2, Math.ceil((2 * durationS) / framePeriodS));
  const coarse = Math.ceil(halfFrames / MOST_POINTS);
  const points = Math.ceil(halfFrames / coarse);
  const found = await look(read, { startS: 0, endS: (points * coarse * framePeriodS) / 2 }, points);
  const close = (run: Stretch): Promise<Stretch[]> => {
    const stretch = { startS: Math.max(0, run.startS - framePeriodS), endS: run.endS };
    return look(read, stretch, Math.ceil((2 * (stretch.endS - stretch.startS)) / framePeriodS));
  };
  const runs = coarse === 1 ? found : (await inTurns(found, close)).flat();
  const moments = await inTurns(runs.slice(0, MOST_CUTS), (run) => momentOf(read, run, framePeriodS));
  const least = framePeriodS / 2;
  return moments.sort((a, b) => a - b).filter((moment, i, all) => i === 0 || moment - (all[i - 1] ?? 0) > least);
}

/** Times of all cuts that are known so far, rising. @throws AppError while nothing is analysed */
export function loadCuts(
  mediaId: string,
  durationS: number,
  framePeriodS: number,
  signal: AbortSignal,
): Promise<number[]> {
  const read: ReadCurve = ({ startS, endS }, points) =>
    floats('getFeatureCurve', {
      params: { id: mediaId },
      query: { column: featureLayout.sceneChange, start_s: startS, end_s: endS, points },
      signal,
    });
  return findCuts(read, durationS, framePeriodS);
}
