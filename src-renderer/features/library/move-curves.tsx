/** The movement of a clip over time: motion as an area, heights of the body as lines, turning points as ticks. */
import { useEffect, useMemo, useState } from 'react';

import { toAppError } from '../../../src-main/contract/errors.ts';
import type { AppError } from '../../../src-main/contract/errors.ts';
import type { Move, MoveCurves } from '../../../src-main/contract/documents/move.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { call } from '../../api/client.ts';
import { fixed, percent } from '../../model/format.ts';
import { clock } from '../../model/timecode.ts';
import { Canvas } from '../../ui/canvas.tsx';
import type { Painter, Surface } from '../../ui/canvas.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { palette } from '../../ui/palette.ts';
import { clipPositionS, seekClip, useClip } from './clip-player.ts';
import './move-curves.css';

const say = en.moves.curves;

/** Curves of an analysed move; null while they are read. */
function useCurves(move: Move): { readonly curves: MoveCurves | null; readonly error: AppError | null } {
  const [state, setState] = useState<{ key: string; curves: MoveCurves | null; error: AppError | null }>({ key: '', curves: null, error: null });
  const isThere = move.state === 'ready' || move.state === 'stale';
  const key = isThere ? `${move.id} ${move.state}` : '';
  useEffect(() => {
    if (key === '') return undefined;
    const abort = new AbortController();
    call('getMoveCurves', { params: { id: move.id }, signal: abort.signal }).then(
      (curves) => setState({ key, curves, error: null }),
      (error: unknown) => (abort.signal.aborted ? undefined : setState({ key, curves: null, error: toAppError(error) })),
    );
    return () => abort.abort();
  }, [key, move.id]);
  return state.key === key ? state : { curves: null, error: null };
}

const durationOf = (move: Move): number => Math.max(0.1, move.duration);

function paintLine({ context }: Surface, values: readonly (number | null)[], x: (i: number) => number, y: (value: number) => number): void {
  context.beginPath();
  let isDown = false;
  values.forEach((value, i) => {
    if (value === null) isDown = false;
    else if (isDown) context.lineTo(x(i), y(value));
    else {
      context.moveTo(x(i), y(value));
      isDown = true;
    }
  });
  context.stroke();
}

function curvesPainter(curves: MoveCurves, durationS: number): Painter {
  return {
    key: () => ({ values: [curves, palette(), clipPositionS()], isMoving: useClip.getState().isPlaying }),
    paint: (surface) => {
      const { context, widthPx, heightPx } = surface;
      const colours = palette();
      const toPx = (timeS: number): number => (timeS / durationS) * widthPx;
      const x = (i: number): number => toPx(i / curves.rate_hz);
      const y = (value: number): number => heightPx - 9 - value * (heightPx - 13);
      context.beginPath();
      context.moveTo(0, heightPx - 9);
      curves.motion.forEach((value, i) => context.lineTo(x(i), y(value)));
      context.lineTo(x(curves.motion.length - 1), heightPx - 9);
      context.globalAlpha = 0.22;
      context.fillStyle = colours.motion;
      context.fill();
      context.globalAlpha = 1;
      context.lineWidth = 1.25;
      context.strokeStyle = colours.motion;
      paintLine(surface, curves.motion, x, y);
      context.lineWidth = 1;
      curves.pose.forEach(({ values }, i) => {
        context.strokeStyle = colours.colour;
        context.globalAlpha = 0.85 - (0.5 * i) / Math.max(1, curves.pose.length);
        paintLine(surface, values, x, y);
      });
      context.fillStyle = colours.beat;
      for (const { time, strength } of curves.kinematic_beats) {
        context.globalAlpha = 0.45 + 0.55 * strength;
        context.fillRect(Math.round(toPx(time)), heightPx - 8, 1, 8);
      }
      context.globalAlpha = 1;
      context.fillStyle = colours.text;
      context.fillRect(Math.round(toPx(Math.min(durationS, clipPositionS()))), 0, 1, heightPx);
    },
  };
}

export function MoveCurvesView({ move }: { readonly move: Move }): React.JSX.Element | null {
  const { curves, error } = useCurves(move);
  const durationS = durationOf(move);
  const painter = useMemo(() => (curves ? curvesPainter(curves, durationS) : null), [curves, durationS]);
  if (move.state !== 'ready' && move.state !== 'stale') return null;
  if (error) return <ErrorNotice error={error} title={say.failed} />;
  const scrub = (event: React.PointerEvent<HTMLElement>): void => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    seekClip(((event.clientX - box.left) / box.width) * durationS);
  };
  return (
    <section>
      <h3 className="section-title">{say.title}</h3>
      <div className="move-curves" onPointerDown={scrub} onPointerMove={scrub}>
        {painter && curves ? <Canvas painter={painter} /> : <span className="muted">{say.loading}</span>}
        {curves ? <CurvesTwin curves={curves} durationS={durationS} /> : null}
      </div>
      {curves ? (
        <p className="curve-legend">
          <span className="sense-motion">{say.motion}</span>
          {curves.pose.length > 0 ? (
            <span className="sense-pose">{say.pose(curves.pose.map(({ joint }) => joint))}</span>
          ) : null}
          <span className="sense-time">{say.summary(curves.kinematic_beats.length)}</span>
        </p>
      ) : null}
      {curves?.pose.length === 0 ? <p className="muted detail-note">{say.noPose}</p> : null}
    </section>
  );
}

const STRETCHES = 8;

function CurvesTwin({ curves, durationS }: { readonly curves: MoveCurves; readonly durationS: number }): React.JSX.Element {
  const stretches = Array.from({ length: STRETCHES }, (_, i) => {
    const [from, to] = [(i * durationS) / STRETCHES, ((i + 1) * durationS) / STRETCHES];
    const values = curves.motion.slice(Math.floor(from * curves.rate_hz), Math.max(Math.floor(from * curves.rate_hz) + 1, Math.ceil(to * curves.rate_hz)));
    return { from, to, mean: values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length) };
  });
  return (
    <>
      <ul className="visually-hidden" role="list" aria-label={say.motion}>
        {stretches.map(({ from, to, mean }) => (
          <li key={from}>{say.stretch(clock(from, 1), clock(to, 1), percent(mean))}</li>
        ))}
      </ul>
      <ul className="visually-hidden" role="list" aria-label={say.beats}>
        {curves.kinematic_beats.map(({ time, strength }) => (
          <li key={time}>{say.beat(clock(time, 2), fixed(strength, 2))}</li>
        ))}
      </ul>
    </>
  );
}
