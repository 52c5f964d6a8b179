/** Under the lanes: playback and click on the left, edits of the beats in the middle, zoom on the right. */
import { ArrowLeftToLine, ArrowRightToLine, Hand, Lock, LockOpen, Maximize2, Metronome, Pause, Play, SkipBack, ZoomIn, ZoomOut } from 'lucide-react';

import type { Song } from '../../../src-main/contract/documents/song.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { barAndBeatAt } from '../../model/beat-lookup.ts';
import { fixed, parseWithUnit, percent } from '../../model/format.ts';
import { clock } from '../../model/timecode.ts';
import { commands, useChord } from '../../stores/command-store.ts';
import { Button, CommandButton, IconButton } from '../../ui/button.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { Readout } from '../../ui/readout.tsx';
import { Slider } from '../../ui/slider.tsx';
import { Tooltip } from '../../ui/tooltip.tsx';
import { nudge, toggleLock } from './song-commands.ts';
import { useSongDocument } from './song-document.ts';
import { songPlayer, useSongPlayer } from './song-player.ts';
import { useTaps } from './tap-store.ts';

const say = en.song.transport;
const readTime = (): string => `${clock(songPlayer.positionS, 1)} / ${clock(songPlayer.durationS, 1)}`;
const readBar = (): string => {
  const analysis = useSongDocument.getState().song?.analysis;
  const text = analysis ? barAndBeatAt(analysis.beats, analysis.downbeats, songPlayer.positionS) : null;
  return text ?? '–';
};

export function SongTransport({ song }: { readonly song: Song | null }): React.JSX.Element {
  return (
    <footer className="song-transport">
      <Playback />
      <EditBar song={song} />
      <div className="song-zoom">
        <CommandButton command="zoom.out" icon={ZoomOut} side="top" />
        <CommandButton command="zoom.in" icon={ZoomIn} side="top" />
        <CommandButton command="zoom.fit" icon={Maximize2} side="top" />
      </div>
    </footer>
  );
}

function Playback(): React.JSX.Element {
  const { sound, isPlaying, hasClick, clickLevel, isExact } = useSongPlayer();
  return (
    <div className="song-playback" role="group" aria-label={say.title}>
      <CommandButton command="play.start" icon={SkipBack} side="top" isDisabled={sound !== 'ready'} />
      <CommandButton
        command="play.toggle"
        icon={isPlaying ? Pause : Play}
        label={sound === 'loading' ? say.loading : isPlaying ? say.pause : say.play}
        isDisabled={sound !== 'ready'}
        side="top"
        className="play-button"
      />
      <Readout label={say.position} read={readTime} className="song-time" />
      <Readout label={en.song.edit.bar} read={readBar} className="song-bar" />
      <Tooltip text={isExact ? say.clickLine : say.long} chord={useChord('song.click')} side="top">
        <button
          type="button"
          className="button button-plain song-click"
          aria-pressed={hasClick}
          onClick={() => commands.run('song.click')}
        >
          <Metronome size={16} aria-hidden="true" />
          {say.click}
        </button>
      </Tooltip>
      <Slider
        label={say.clickLevel}
        position={clickLevel}
        text={percent(clickLevel)}
        lengthPx={48}
        resetTo={0.5}
        onMove={(level) => songPlayer.setClickLevel(level)}
      />
    </div>
  );
}

function EditBar({ song }: { readonly song: Song | null }): React.JSX.Element {
  const taps = useTaps((state) => state.taps.length);
  const words = en.song.edit;
  const hasBeats = (song?.analysis?.beats.length ?? 0) > 0;
  const isLocked = song?.edits.grid != null;
  return (
    <div className="song-edit" role="group" aria-label={words.title}>
      <TextCommand command="song.halve" text="÷ 2" isDisabled={!hasBeats || song?.edits.tempo_factor === 0.25} />
      <TextCommand command="song.double" text="× 2" isDisabled={!hasBeats || song?.edits.tempo_factor === 4} />
      <Tooltip text={words.tapHint} chord={useChord('tempo.tap')} side="top">
        <Button icon={Hand} className="song-tap" disabled={!song?.analysis} onClick={() => commands.run('tempo.tap')}>
          {taps === 0 ? words.tap : words.tapping(taps)}
        </Button>
      </Tooltip>
      <NumberField
        label={words.nudge}
        name={words.nudgeName}
        value={Math.round((song?.edits.nudge_s ?? 0) * 1e4) / 10}
        min={-2000}
        max={2000}
        step={1}
        format={(value) => `${value > 0 ? '+' : ''}${fixed(value, Number.isInteger(value) ? 0 : 1)} ms`}
        parse={(text) => parseWithUnit(text, 'ms')}
        onChange={(ms) => nudge(ms / 1000 - (song?.edits.nudge_s ?? 0))}
        toPosition={(value) => (value + 250) / 500}
        toValue={(position) => position * 500 - 250}
      />
      <span className="song-bar-shift">
        <span aria-hidden="true">{words.bar}</span>
        <CommandButton command="song.barEarlier" icon={ArrowLeftToLine} side="top" isDisabled={!hasBeats} />
        <CommandButton command="song.barLater" icon={ArrowRightToLine} side="top" isDisabled={!hasBeats} />
      </span>
      <IconButton
        label={isLocked ? words.unlock : words.lock}
        icon={isLocked ? Lock : LockOpen}
        chord={useChord('song.lock')}
        isPressed={isLocked}
        disabled={!hasBeats}
        side="top"
        onClick={toggleLock}
      />
    </div>
  );
}

function TextCommand({ command, text, isDisabled }: { readonly command: 'song.halve' | 'song.double'; readonly text: string; readonly isDisabled: boolean }): React.JSX.Element {
  const chord = useChord(command);
  return (
    <Tooltip text={en.command.label[command]} chord={chord} side="top">
      <button
        type="button"
        className="button button-plain song-factor figures"
        aria-label={en.command.label[command]}
        disabled={isDisabled}
        onClick={() => commands.run(command)}
      >
        {text}
      </button>
    </Tooltip>
  );
}
