/** Play, time, bar: the time is written straight into the document every frame. */
import { Pause, Play, Repeat, SkipBack, SkipForward, StepBack, StepForward } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { barAndBeat, parseTime, timecode } from '../../../model/timecode.ts';
import { readHeader } from '../../../model/preview-trace.ts';
import { useMediaItem } from '../../../stores/media-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { onFrame } from '../../../ui/animation.ts';
import { CommandButton, IconButton } from '../../../ui/button.tsx';
import { rateOf } from '../lanes/film-data.ts';
import { liveFrame } from '../live/live-readings.ts';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import './transport.css';

export function Transport(): React.JSX.Element {
  const isPlaying = usePlayer((state) => state.isPlaying);
  const rate = usePlayer((state) => state.rate);
  const isLooping = usePlayer((state) => state.isLooping);
  const hasRange = useProject((state) => state.document?.range != null);
  return (
    <div className="transport" role="group" aria-label={en.command.menu.playback}>
      <CommandButton command="play.start" icon={SkipBack} />
      <CommandButton command="play.stepBack" icon={StepBack} />
      <CommandButton
        command="play.toggle"
        icon={isPlaying ? Pause : Play}
        label={isPlaying ? en.sonify.transport.pause : en.sonify.transport.play}
        className="play-button"
      />
      <CommandButton command="play.stepForward" icon={StepForward} />
      <CommandButton command="play.end" icon={SkipForward} />
      <IconButton
        label={en.sonify.transport.loop}
        icon={Repeat}
        isPressed={isLooping && hasRange}
        disabled={!hasRange}
        onClick={() => player.setLooping(!isLooping)}
      />
      <TimeField />
      <BarNumber />
      <span className="shuttle figures">
        {rate === 1 ? '' : en.sonify.transport.shuttle(String(rate).replace('-', '−'))}
      </span>
    </div>
  );
}

/** The timecode; a click makes it a field to type a time into. */
function TimeField(): React.JSX.Element {
  const button = useRef<HTMLButtonElement>(null);
  const item = useMediaItem(useProject((state) => state.document?.media_id ?? null));
  const rate = rateOf(item);
  const [typed, setTyped] = useState<string | null>(null);
  const { numerator, denominator } = rate;
  useEffect(() => {
    let shown = '';
    return onFrame(() => {
      const text = timecode(player.positionS, { numerator, denominator });
      if (button.current && (text !== shown || button.current.textContent === '')) {
        shown = text;
        button.current.textContent = text;
      }
      return undefined;
    });
  }, [numerator, denominator, typed]);
  const take = (): void => {
    const time = typed === null ? null : parseTime(typed, rate);
    if (time !== null) player.seek(time);
    setTyped(null);
  };
  if (typed === null)
    return (
      <button
        ref={button}
        type="button"
        className="timecode figures"
        aria-label={en.sonify.transport.timecode}
        onClick={() => setTyped(timecode(player.positionS, rate))}
      />
    );
  return (
    <input
      className="timecode timecode-input figures"
      aria-label={en.sonify.transport.timecode}
      value={typed}
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take();
        else if (event.key === 'Escape') setTyped(null);
        else return;
        event.preventDefault();
      }}
    />
  );
}

/** Beats since the beginning as the engine counted them, live or where a preview is known; null elsewhere. */
function beatsHeard(): number | null {
  const live = liveFrame();
  if (live) return live.bar * 4 + live.beat;
  const trace = player.stretchHere()?.trace;
  const bar = trace ? readHeader(trace, 'bar', player.positionS) : null;
  const beat = trace ? readHeader(trace, 'beat', player.positionS) : null;
  return bar === null || beat === null ? null : bar * 4 + beat;
}

/** The bar: as the engine counted it where a preview was heard, else from the tempo. */
function BarNumber(): React.JSX.Element {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let shown = '';
    return onFrame(() => {
      const bpm = useProject.getState().document?.mapping.tempo.bpm ?? 120;
      const text = barAndBeat(beatsHeard() ?? (player.positionS * bpm) / 60);
      if (text !== shown && ref.current) {
        shown = text;
        ref.current.textContent = text;
      }
      return undefined;
    });
  }, []);
  return (
    <span className="bar-number figures" title={en.sonify.transport.bar}>
      <span className="bar-word">{en.sonify.transport.barName}</span>
      <span ref={ref} />
    </span>
  );
}
