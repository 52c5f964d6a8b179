/** The lanes themselves: name, fold, the value under the pointer or the playhead, the canvas, and its twin in words. */
import { ChevronDown, ChevronRight, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';

import type { MediaItem } from '../../../../src-main/contract/documents/media-item.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { percent } from '../../../model/format.ts';
import { Button } from '../../../ui/button.tsx';
import { Canvas } from '../../../ui/canvas.tsx';
import type { Painter } from '../../../ui/canvas.tsx';
import { analyse } from '../../library/analyse.ts';
import { useAnalysisJob, useFailedAnalysis } from '../use-analysis.ts';
import { usePlayer } from '../player/player-store.ts';
import type { FilmData } from './film-data.ts';
import { LaneReadout } from './lane-readout.tsx';
import { LaneTwin } from './lane-twin.tsx';
import {
  colourPainter,
  cutsPainter,
  edgesPainter,
  filmstripPainter,
  motionPainter,
  waveformPainter,
} from './painters/lane-painters.ts';
import { useResultPeaks } from './result-peaks.ts';
import { LANES, toggleFold, useTimeline } from './timeline-store.ts';
import type { LaneId } from './timeline-store.ts';

const SENSE: Record<LaneId, string> = {
  filmstrip: '',
  motion: 'sense-motion',
  edges: 'sense-edges',
  colour: 'sense-colour',
  cuts: '',
  film: '',
  result: 'sense-time',
};

interface LaneRowsProps {
  readonly item: MediaItem;
  readonly data: FilmData;
}

export function LaneRows({ item, data }: LaneRowsProps): React.JSX.Element {
  const result = useResultPeaks(usePlayer((state) => state.resultId));
  const painters = useMemo<Record<LaneId, Painter>>(
    () => ({
      filmstrip: filmstripPainter(data),
      motion: motionPainter(data),
      edges: edgesPainter(data),
      colour: colourPainter(data),
      cuts: cutsPainter(data),
      film: waveformPainter(
        'film',
        data,
        (pxPerS) => data.peaks.at(pxPerS),
        'text-3',
        () => null,
      ),
      result: waveformPainter(
        'result',
        data,
        () => result,
        'beat',
        () => result,
      ),
    }),
    [data, result],
  );
  const shown = LANES.filter((lane) => lane !== 'film' || item.probe.audio !== null);
  return (
    <div className="lane-rows">
      {shown.map((lane) => (
        <LaneRow
          key={lane}
          lane={lane}
          item={item}
          data={data}
          painter={painters[lane]}
          note={<LaneNote lane={lane} item={item} hasResult={result !== null} />}
        />
      ))}
    </div>
  );
}

interface LaneRowProps extends LaneRowsProps {
  readonly lane: LaneId;
  readonly painter: Painter;
  readonly note: React.ReactNode;
}

function LaneRow({ lane, item, data, painter, note }: LaneRowProps): React.JSX.Element {
  const isFolded = useTimeline((state) => state.folded.includes(lane));
  const name = en.sonify.lanes[lane];
  const Chevron = isFolded ? ChevronRight : ChevronDown;
  return (
    <div className={`lane lane-${lane} ${SENSE[lane]} ${isFolded ? 'lane-folded' : ''}`} role="group" aria-label={name}>
      <div className="lane-head">
        <button
          type="button"
          className="lane-fold"
          aria-expanded={!isFolded}
          aria-label={isFolded ? en.sonify.lanes.expand(name) : en.sonify.lanes.collapse(name)}
          onClick={() => toggleFold(lane)}
        >
          <Chevron size={14} aria-hidden="true" />
          <span className="lane-name">{name}</span>
        </button>
        <LaneReadout lane={lane} data={data} isFolded={isFolded} />
      </div>
      <div className="lane-body">
        <Canvas painter={painter} />
        {note}
        <LaneTwin lane={lane} item={item} data={data} />
      </div>
    </div>
  );
}

/** What is missing in a lane, and the next step; said once, in the first lane that needs the analysis. */
function LaneNote({
  lane,
  item,
  hasResult,
}: {
  readonly lane: LaneId;
  readonly item: MediaItem;
  readonly hasResult: boolean;
}): React.JSX.Element | null {
  const job = useAnalysisJob(item.id);
  const failed = useFailedAnalysis(item.id);
  if (lane === 'result') return hasResult ? null : <span className="lane-note">{en.sonify.lanes.noResult}</span>;
  if (lane === 'filmstrip')
    return item.filmstrip === 'ready' || item.filmstrip === 'making' ? null : (
      <span className="lane-note">{en.sonify.lanes.noStrip}</span>
    );
  if (lane !== 'motion' || item.features === 'ready' || item.features === 'stale') return null;
  if (job)
    return job.progress < 4 ? (
      <span className="lane-note">{en.sonify.lanes.analysing(percent(job.progress / 100))}</span>
    ) : null;
  return (
    <span className="lane-note" title={failed?.error?.hint}>
      {failed?.error ? (
        <span className="lane-trouble">
          <TriangleAlert size={14} aria-hidden="true" />
          {failed.error.message}
        </span>
      ) : (
        en.sonify.lanes.notAnalysed
      )}
      <Button onClick={() => analyse(item.id)}>{failed ? en.frame.retry : en.sonify.lanes.analyse}</Button>
    </span>
  );
}
