/**
 * Three strips and the master in their colours. The preview is one mixed file, so only the master has a true level; a
 * strip shows how hard the mapping plays its voice, and says so.
 */
import { useCallback } from 'react';

import type { Mapping } from '../../../../src-main/contract/documents/mapping.ts';
import { VOICES } from '../../../../src-main/contract/documents/parameters.ts';
import type { ParameterId, Voice } from '../../../../src-main/contract/documents/parameters.ts';
import { en } from '../../../../src-main/contract/text/en.ts';
import { db, fixed, pan, percent } from '../../../model/format.ts';
import { faderGain, faderPosition } from '../../../model/fader.ts';
import { senseOfVoice, setPart, setStrip } from '../../../model/mapping-edit.ts';
import type { Slot } from '../../../model/mapping-edit.ts';
import { edit } from '../../../stores/project-store.ts';
import { Meter } from '../../../ui/meter.tsx';
import { Readout } from '../../../ui/readout.tsx';
import { Slider } from '../../../ui/slider.tsx';
import { Knob } from '../../../ui/knob.tsx';
import { integratedText, readMaster, readStrip } from '../live/live-readings.ts';
import { LiveBar } from '../mapping/live-bar.tsx';
import { liveParameter } from '../mapping/live-values.ts';
import { usePlayer } from '../player/player-store.ts';
import { useMapping } from '../player/use-scene.ts';
import { LoudnessRow } from '../live/loudness-row.tsx';
import { LimiterLight } from './limiter-light.tsx';
import './mixer.css';

const say = en.mapping.mixer;
const FADER_PX = 150;
/** The parameter that sets how hard a voice plays. */
const DRIVE: Record<Voice, ParameterId> = { bass: 'bass_intensity', rhythm: 'rhythm_level', atmosphere: 'pad_level' };

export function MixerTab(): React.JSX.Element | null {
  const active = useMapping();
  const isLive = usePlayer((state) => state.output === 'live');
  if (!active) return null;
  const { mapping, slot } = active;
  return (
    <div className="mixer">
      <div className="mixer-strips">
        {VOICES.map((voice) => (
          <StripView key={voice} voice={voice} mapping={mapping} slot={slot} />
        ))}
        <MasterStrip mapping={mapping} slot={slot} />
      </div>
      {isLive ? <LoudnessRow /> : null}
      <p className="mixer-note">{isLive ? en.live.meters.liveLine : say.driveLine}</p>
    </div>
  );
}

interface StripViewProps {
  readonly voice: Voice;
  readonly mapping: Mapping;
  readonly slot: Slot;
}

function StripView({ voice, mapping, slot }: StripViewProps): React.JSX.Element {
  const strip = mapping.mixer[voice];
  const name = en.mapping.voice[voice];
  const read = useCallback(() => liveParameter(DRIVE[voice]), [voice]);
  const readLevel = useCallback(() => readStrip(voice), [voice]);
  const isLive = usePlayer((state) => state.output === 'live');
  return (
    <section className={`strip sense-${senseOfVoice[voice]} ${strip.mute ? 'strip-muted' : ''}`} aria-label={name}>
      <h3>{name}</h3>
      <div className="strip-pan">
        <Slider
          label={`${name} ${say.pan}`}
          position={(strip.pan + 1) / 2}
          text={pan(strip.pan)}
          lengthPx={56}
          origin={0.5}
          midi={`strip:${voice}:pan`}
          resetTo={0.5}
          onMove={(to) => edit(setStrip(slot, voice, 'pan', Math.round((to * 2 - 1) * 100) / 100))}
        />
        <span className="figures">{pan(strip.pan)}</span>
      </div>
      <div className="strip-fader">
        <Slider
          label={`${name} ${say.gain}`}
          position={faderPosition(strip.gain_db)}
          text={db(strip.gain_db)}
          lengthPx={FADER_PX}
          isStanding
          resetTo={faderPosition(0)}
          midi={`strip:${voice}:gain_db`}
          onMove={(to) => edit(setStrip(slot, voice, 'gain_db', faderGain(to)))}
        />
        {isLive ? (
          <Meter label={en.live.meters.strip(name)} read={readLevel} isStanding className="strip-meter" />
        ) : (
          <LiveBar label={`${name} ${say.drive}`} read={read} className="strip-drive" />
        )}
      </div>
      <span className="figures strip-gain">{db(strip.gain_db)}</span>
      <div className="strip-buttons">
        <button
          type="button"
          className="strip-mute"
          aria-pressed={strip.mute}
          aria-label={`${say.mute} ${name}`}
          data-midi={`strip:${voice}:mute`}
          onClick={() => edit(setStrip(slot, voice, 'mute', !strip.mute))}
        >
          M
        </button>
        <button
          type="button"
          className="strip-solo"
          aria-pressed={strip.solo}
          aria-label={`${say.solo} ${name}`}
          data-midi={`strip:${voice}:solo`}
          onClick={() => edit(setStrip(slot, voice, 'solo', !strip.solo))}
        >
          S
        </button>
      </div>
    </section>
  );
}

const MASTER_GAIN = { min: -24, max: 12, scale: 'linear' } as const;

function MasterStrip({ mapping, slot }: Omit<StripViewProps, 'voice'>): React.JSX.Element {
  const lufs = usePlayer((state) => state.lufs);
  const isLive = usePlayer((state) => state.output === 'live');
  const { master } = mapping;
  const position = (master.gain_db - MASTER_GAIN.min) / (MASTER_GAIN.max - MASTER_GAIN.min);
  const setGain = (to: number): void =>
    edit(
      setPart(
        slot,
        en.mapping.edit.master,
        ['master', 'gain_db'],
        Math.round((MASTER_GAIN.min + to * (MASTER_GAIN.max - MASTER_GAIN.min)) * 10) / 10,
      ),
    );
  return (
    <section className="strip strip-master" aria-label={say.master}>
      <h3>{say.master}</h3>
      {isLive ? (
        <Readout label={say.lufs} read={integratedText} title={en.live.meters.integratedLine} className="strip-live-lufs" />
      ) : (
        <div className="strip-lufs" title={say.integrated}>
          <span className="figures">{lufs === null ? '–' : fixed(lufs, 1)}</span>
          <small>{say.lufs}</small>
        </div>
      )}
      <div className="strip-fader">
        <Slider
          label={`${say.master} ${say.gain}`}
          position={position}
          text={db(master.gain_db)}
          lengthPx={FADER_PX}
          isStanding
          resetTo={24 / 36}
          midi="master:gain_db"
          onMove={setGain}
        />
        <Meter label={`${say.master} ${say.level}`} read={readMaster} isStanding className="strip-meter" />
      </div>
      <span className="figures strip-gain">{db(master.gain_db)}</span>
      <LimiterLight />
      <Knob
        label={say.compression}
        value={master.compression}
        scale={{ min: 0, max: 1, scale: 'linear' }}
        unit="fraction"
        resetTo={0.5}
        midi="master:compression"
        note={percent(master.compression)}
        onChange={(value) => edit(setPart(slot, en.mapping.edit.master, ['master', 'compression'], value))}
      />
    </section>
  );
}
