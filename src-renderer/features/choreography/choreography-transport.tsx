/** The transport of the dance, in the top bar: playback, time and bar, half speed, mirror, loop. */
import { FlipHorizontal2, Pause, Play, Repeat, SkipBack, SkipForward, Snail } from 'lucide-react';

import { en } from '../../../src-main/contract/text/en.ts';
import { barAndBeatAt } from '../../model/beat-lookup.ts';
import { clock } from '../../model/timecode.ts';
import { CommandButton } from '../../ui/button.tsx';
import { Readout } from '../../ui/readout.tsx';
import { useSongDocument } from '../song/song-document.ts';
import { songPlayer, useSongPlayer } from '../song/song-player.ts';
import { useDance } from './dance-store.ts';

const say = en.dance.transport;

const readTime = (): string => `${clock(songPlayer.positionS, 1)} / ${clock(songPlayer.durationS, 1)}`;
const readBar = (): string => {
  const analysis = useSongDocument.getState().song?.analysis;
  return (analysis ? barAndBeatAt(analysis.beats, analysis.downbeats, songPlayer.positionS) : null) ?? '–';
};

export function ChoreographyTransport(): React.JSX.Element {
  const { sound, isPlaying } = useSongPlayer();
  const { rate, isMirrored, isLooping } = useDance();
  const isReady = sound === 'ready';
  return (
    <div className="dance-transport" role="group" aria-label={say.title}>
      <CommandButton command="play.cutBack" icon={SkipBack} isDisabled={!isReady} />
      <CommandButton
        command="play.toggle"
        icon={isPlaying ? Pause : Play}
        label={sound === 'loading' ? say.loading : isPlaying ? say.pause : say.play}
        isDisabled={!isReady}
        className="play-button"
      />
      <CommandButton command="play.cutForward" icon={SkipForward} isDisabled={!isReady} />
      <Readout label={say.position} read={readTime} className="song-time" />
      <Readout label={en.song.edit.bar} read={readBar} className="song-bar" />
      <CommandButton command="dance.half" icon={Snail} isPressed={rate === 0.5} />
      <CommandButton command="dance.mirror" icon={FlipHorizontal2} isPressed={isMirrored} />
      <CommandButton command="dance.loop" icon={Repeat} isPressed={isLooping} />
    </div>
  );
}
