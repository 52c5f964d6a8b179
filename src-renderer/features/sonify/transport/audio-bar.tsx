/** What is heard and how: the three outputs, the state of the sound said plainly, volume, level. Always in sight. */
import { Volume2, VolumeX } from 'lucide-react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { percent } from '../../../model/format.ts';
import { useMediaItem } from '../../../stores/media-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { player } from '../player/player.ts';
import { usePlayer } from '../player/player-store.ts';
import type { SoundState } from '../player/player-store.ts';
import './transport.css';

const say = en.sonify.output;
const STATE: Record<SoundState, string> = {
  idle: say.idle,
  rendering: say.rendering,
  waiting: say.waiting,
  ready: say.ready,
  failed: say.failed,
  silenced: say.silenced,
  analysing: say.analysing,
};

const readLevels = (): readonly number[] => {
  const { left, right } = player.output.levels();
  return [left, right];
};

export function AudioBar(): React.JSX.Element {
  const { output, sound, resultId, volume } = usePlayer();
  const item = useMediaItem(useProject((state) => state.document?.media_id ?? null));
  const hasSound = item?.probe.audio != null;
  const segments = [
    { value: 'film' as const, label: say.film, isDisabled: !hasSound, title: hasSound ? say.filmLine : say.noSound },
    { value: 'preview' as const, label: say.preview, title: say.previewLine },
    {
      value: 'result' as const,
      label: say.result,
      isDisabled: resultId === null,
      title: resultId === null ? say.noResult : say.resultLine,
    },
  ];
  const rate = player.output.sampleRate;
  return (
    <div className="audio-bar">
      <Segmented label={say.title} value={output} segments={segments} onChange={(next) => player.setOutput(next)} />
      <span className={`audio-state ${sound === 'failed' ? 'audio-failed' : ''}`} role="status">
        <span>{output === 'preview' ? say.rendered : output === 'film' ? say.filmLine : say.result}</span>
        <span>
          {STATE[sound]}
          {rate === null ? '' : ` · ${rate / 1000} kHz`}
        </span>
      </span>
      <IconButton
        label={say.volume}
        icon={volume === 0 ? VolumeX : Volume2}
        onClick={() => player.setVolume(volume === 0 ? 0.8 : 0)}
        isPressed={volume === 0}
      />
      <Slider
        label={say.volume}
        position={volume}
        text={percent(volume)}
        lengthPx={56}
        resetTo={0.8}
        onMove={(to) => player.setVolume(to)}
      />
      <Meter label={say.level} read={readLevels} className="audio-meter" />
    </div>
  );
}
