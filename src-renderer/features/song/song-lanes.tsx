/** The lanes of a song on one time axis: ruler, key moments, sections, waveform, beats, energy; hover and playhead over them. */
import { Flag } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef } from 'react';

import type { SongAnalysis } from '../../../src-main/contract/documents/song-analysis.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { barAndBeatAt, between, holds } from '../../model/beat-lookup.ts';
import { fixed } from '../../model/format.ts';
import { clock } from '../../model/timecode.ts';
import { onFrame } from '../../ui/animation.ts';
import { Canvas } from '../../ui/canvas.tsx';
import type { SoundPeaks } from '../sonify/lanes/sound-peaks.ts';
import { useRestedView } from './rested-view.ts';
import { SectionLane } from './section-lane.tsx';
import { beatsPainter, energyPainter, gridPainter, headPainter, rulerPainter, wavePainter } from './song-painters.ts';
import { songPlayer } from './song-player.ts';
import { scrollBy, setWidth, useSongView, zoomAbout } from './song-view-store.ts';

const say = en.song.lane;

interface SongLanesProps {
  readonly analysis: SongAnalysis | null;
  readonly peaks: SoundPeaks;
  readonly durationS: number;
}

export function SongLanes({ analysis, peaks, durationS }: SongLanesProps): React.JSX.Element {
  const area = useRef<HTMLDivElement>(null);
  const painters = useMemo(
    () => ({ ruler: rulerPainter(), beats: beatsPainter(), grid: gridPainter(), energy: energyPainter(), head: headPainter() }),
    [],
  );
  const wave = useMemo(() => wavePainter(peaks), [peaks]);
  const onSize = useCallback((widthPx: number) => setWidth(widthPx), []);
  useWheel(area);
  return (
    <div className="song-lanes">
      <div className="song-lane-names" aria-hidden="true">
        <span className="song-lane-ruler" />
        <span className="song-lane-moments">{say.momentsShort}</span>
        <span className="song-lane-sections">{say.sections}</span>
        <span className="song-lane-wave" title={say.bands}>
          {say.wave}
        </span>
        <span className="song-lane-beats">{say.beats}</span>
        <span className="song-lane-energy">{say.energy}</span>
      </div>
      <div ref={area} className="song-area" onPointerMove={hover} onPointerLeave={() => useSongView.setState({ hoverS: null })}>
        <Position durationS={durationS}>
          <Canvas painter={painters.ruler} onSize={onSize} />
        </Position>
        <div className="song-lane-moments">{analysis ? <Moments analysis={analysis} /> : null}</div>
        <div className="song-lane-sections">{analysis ? <SectionLane analysis={analysis} /> : null}</div>
        <div className="song-lane-wave" onPointerDown={scrub}>
          <Canvas painter={wave} />
          <Canvas painter={painters.grid} />
          <ul className="visually-hidden" role="list" aria-label={say.wave}>
            <li>{clock(durationS, 1)}</li>
            <li>{say.bands}</li>
          </ul>
        </div>
        <div className="song-lane-beats" onPointerDown={scrub}>
          <Canvas painter={painters.beats} />
          {analysis ? <BeatTwin analysis={analysis} /> : null}
        </div>
        <div className="song-lane-energy" onPointerDown={scrub}>
          <Canvas painter={painters.energy} />
          {analysis ? <EnergyTwin analysis={analysis} /> : null}
        </div>
        <div className="song-overlay">
          <Canvas painter={painters.head} />
        </div>
      </div>
    </div>
  );
}

function hover(event: React.PointerEvent<HTMLElement>): void {
  const { transform, durationS } = useSongView.getState();
  const hoverS = transform.toS(event.clientX - event.currentTarget.getBoundingClientRect().left);
  useSongView.setState({ hoverS: hoverS > durationS ? null : hoverS });
}

/** The playhead goes where the pointer is, until it is let go. */
function scrub(event: React.PointerEvent<HTMLElement>): void {
  if (event.button !== 0) return;
  const element = event.currentTarget;
  const go = (moved: { clientX: number }): void =>
    songPlayer.seek(useSongView.getState().transform.toS(moved.clientX - element.getBoundingClientRect().left));
  const end = (): void => {
    element.removeEventListener('pointermove', go);
    element.removeEventListener('pointerup', end);
    element.removeEventListener('pointercancel', end);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener('pointermove', go);
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
  go(event);
}

/** Ctrl and pinch zoom about the pointer; Shift and sideways scroll. */
function useWheel(area: React.RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = area.current;
    if (!element) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (event.ctrlKey || event.metaKey)
        zoomAbout(event.clientX - element.getBoundingClientRect().left, Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.06 : 0.0022)));
      else scrollBy(Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY);
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [area]);
}

/** The ruler: a click goes there; for screen readers a slider with the time that is heard. */
function Position({ durationS, children }: { readonly durationS: number; readonly children: React.ReactNode }): React.JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let saidMs = 0;
    return onFrame((nowMs) => {
      if (nowMs - saidMs < 250) return undefined;
      saidMs = nowMs;
      ref.current?.setAttribute('aria-valuenow', songPlayer.positionS.toFixed(2));
      ref.current?.setAttribute('aria-valuetext', `${clock(songPlayer.positionS, 1)} / ${clock(durationS, 1)}`);
      return undefined;
    });
  }, [durationS]);
  const onKeyDown = (event: React.KeyboardEvent): void => {
    const by = { ArrowUp: 1, PageUp: 10, ArrowDown: -1, PageDown: -10 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    songPlayer.seek(songPlayer.positionS + by);
  };
  return (
    <div
      ref={ref}
      className="song-lane-ruler"
      role="slider"
      tabIndex={0}
      aria-label={say.ruler}
      aria-valuemin={0}
      aria-valuemax={durationS}
      aria-valuenow={0}
      onPointerDown={scrub}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}

/** The key moments as flags; a click goes there. */
function Moments({ analysis }: { readonly analysis: SongAnalysis }): React.JSX.Element {
  const transform = useSongView((state) => state.transform);
  const widthPx = useSongView((state) => state.widthPx);
  const moments = analysis.key_moments.map((moment) => ({ ...moment, px: transform.toPx(moment.time) }));
  return (
    <ol className="song-moments" aria-label={say.moments}>
      {moments.map(({ kind, time, px }, i) => {
        const name = en.song.moment[kind];
        const roomPx = (moments[i + 1]?.px ?? widthPx) - px - 2;
        return (
          <li key={kind} hidden={px < -2 || px > widthPx}>
            <button
              type="button"
              className="song-moment"
              style={{ left: px, maxWidth: Math.max(12, roomPx) }}
              aria-label={say.moment(name, clock(time, 1))}
              title={say.moment(name, clock(time, 1))}
              onClick={() => songPlayer.seek(time)}
            >
              <Flag size={11} aria-hidden="true" />
              {roomPx > 34 ? <span className="truncate">{name}</span> : null}
            </button>
          </li>
        );
      })}
    </ol>
  );
}

const REST_MS = 300;
const MOST_LISTED = 64;

interface InView {
  readonly startS: number;
  readonly endS: number;
}

function inView(): InView {
  const { transform, widthPx, durationS } = useSongView.getState();
  return { startS: transform.visible(widthPx).startS, endS: Math.min(durationS, transform.toS(widthPx)) };
}

const NOTHING: InView = { startS: 0, endS: 0 };

function BeatTwin({ analysis }: { readonly analysis: SongAnalysis }): React.JSX.Element {
  const { startS, endS } = useRestedView(inView, NOTHING, { firstMs: REST_MS, restMs: REST_MS });
  const beats = between(analysis.beats, startS, endS);
  const listed = beats.length <= MOST_LISTED ? beats : between(analysis.downbeats, startS, endS).slice(0, MOST_LISTED);
  return (
    <>
      <p className="visually-hidden">{say.beatsInView(beats.length, between(analysis.downbeats, startS, endS).length)}</p>
      <ol className="visually-hidden" role="list" aria-label={say.beats} data-twin="song-beats">
        {listed.map((beat) => {
          const place = barAndBeatAt(analysis.beats, analysis.downbeats, beat) ?? '';
          const text = holds(analysis.downbeats, beat) ? say.downbeat(clock(beat, 3), place.replace(/\.1$/, '')) : say.beat(clock(beat, 3), place);
          return <li key={beat}>{text}</li>;
        })}
      </ol>
    </>
  );
}

const ENERGY_STRETCHES = 12;

function EnergyTwin({ analysis }: { readonly analysis: SongAnalysis }): React.JSX.Element {
  const { startS, endS } = useRestedView(inView, NOTHING, { firstMs: REST_MS, restMs: REST_MS });
  const stepS = Math.max(1, (endS - startS) / ENERGY_STRETCHES);
  const times = Array.from({ length: ENERGY_STRETCHES }, (_, i) => startS + (i + 0.5) * stepS).filter((time) => time < endS);
  return (
    <ol className="visually-hidden" role="list" aria-label={say.energy}>
      {times.map((time) => (
        <li key={time}>{say.energyAt(clock(time), fixed(analysis.energy[Math.floor(time)] ?? 0, 2))}</li>
      ))}
    </ol>
  );
}
