/** What is heard and how: the four outputs, the state of the sound said plainly, volume, level. Always in sight. */
import { Volume2, VolumeX } from 'lucide-react';

import { en } from '../../../../src-main/contract/text/en.ts';
import { percent } from '../../../model/format.ts';
import { useMediaItem } from '../../../stores/media-store.ts';
import { useSession } from '../../../stores/live-store.ts';
import { useProject } from '../../../stores/project-store.ts';
import { useSettings } from '../../../stores/settings-store.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Meter } from '../../../ui/meter.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { readMaster } from '../live/live-readings.ts';
import { OutputState } from '../live/output/output-state.tsx';
import { setLiveVolume } from '../live/output/live-output.ts';
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
  starting: en.live.output.starting,
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
    { value: 'live' as const, label: en.live.name, title: en.live.line },
  ];
  const rate = player.output.sampleRate;
  const session = useSession(useProject((state) => state.project?.id ?? null));
  const isLive = output === 'live';
  const liveVolume = useSettings((state) => state.settings.audio?.volume ?? 1);
  const shownVolume = isLive ? liveVolume : volume;
  const setVolume = (to: number): void => (isLive ? setLiveVolume(to) : player.setVolume(to));
  return (
    <div className="audio-bar">
      <Segmented label={say.title} value={output} segments={segments} onChange={(next) => player.setOutput(next)} />
      {isLive ? (
        <OutputState session={session} />
      ) : (
        <span className={`audio-state ${sound === 'failed' ? 'audio-failed' : ''}`} role="status">
          <span>{output === 'preview' ? say.rendered : output === 'film' ? say.filmLine : say.result}</span>
          <span>
            {STATE[sound]}
            {rate === null ? '' : ` · ${rate / 1000} kHz`}
          </span>
        </span>
      )}
      <IconButton
        label={say.volume}
        icon={shownVolume === 0 ? VolumeX : Volume2}
        onClick={() => setVolume(shownVolume === 0 ? 0.8 : 0)}
        isPressed={shownVolume === 0}
      />
      <Slider
        label={say.volume}
        position={shownVolume}
        text={percent(shownVolume)}
        lengthPx={56}
        midi="output:volume"
        resetTo={0.8}
        onMove={setVolume}
      />
      <Meter label={say.level} read={readMaster} className="audio-meter" />
    </div>
  );
}
