/** The live output: device, rate, buffer, channels, ceiling, volume. Changes are heard at once and kept on this machine. */
import { RefreshCw, VolumeX } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';

import type { AudioDevice } from '../../../../../src-main/contract/documents/system.ts';
import { BUFFER_SIZES, NO_DEVICE, SAMPLE_RATES } from '../../../../../src-main/contract/documents/session.ts';
import { AudioSettingsSchema } from '../../../../../src-main/contract/documents/system.ts';
import { en } from '../../../../../src-main/contract/text/en.ts';
import { call } from '../../../../api/client.ts';
import { db, fixed, percent } from '../../../../model/format.ts';
import { useSession } from '../../../../stores/live-store.ts';
import { useProject } from '../../../../stores/project-store.ts';
import { useSettings } from '../../../../stores/settings-store.ts';
import { attempt, sayError } from '../../../../stores/toast-store.ts';
import { IconButton } from '../../../../ui/button.tsx';
import { Select } from '../../../../ui/select.tsx';
import { Sheet } from '../../../../ui/sheet.tsx';
import { Slider } from '../../../../ui/slider.tsx';
import { changeOutput, setCeiling, setLiveVolume } from './live-output.ts';
import { LatencyCheck } from './latency-check.tsx';
import { OutputFacts } from './output-facts.tsx';
import './output.css';

const say = en.live.output;
const SYSTEM = 'system';
/** The lowest ceiling the slider offers; the schema allows lower ones. */
const LEAST_CEILING_DB = -30;

interface Devices {
  readonly devices: readonly AudioDevice[];
  readonly problem: string | null;
}

/** The devices of now; looked for when the sheet opens and on request. */
function useDevices(): { readonly found: Devices | null; readonly look: () => void } {
  const [found, setFound] = useState<Devices | null>(null);
  const look = useCallback(() => {
    setFound(null);
    call('listDevices', {}).then(setFound, (error: unknown) => {
      setFound({ devices: [], problem: null });
      sayError(error);
    });
  }, []);
  useEffect(() => {
    // Asked for after the sheet is painted.
    const timer = setTimeout(look, 0);
    return () => clearTimeout(timer);
  }, [look]);
  return { found, look };
}

/** Channel pairs of a device with many outputs. */
function pairsOf(channels: number): readonly number[] {
  return Array.from({ length: Math.max(1, Math.floor(channels / 2)) }, (_, pair) => pair * 2);
}

export function AudioSheet({ onClose }: { readonly onClose: () => void }): React.JSX.Element {
  const audio = AudioSettingsSchema.parse(useSettings((state) => state.settings.audio) ?? {});
  const session = useSession(useProject((state) => state.project?.id ?? null));
  const { found, look } = useDevices();
  const devices = found?.devices ?? [];
  const device = audio.device === null ? devices.find((each) => each.is_default) : devices.find((each) => each.id === audio.device);
  const pairs = pairsOf(Math.max(device?.channels ?? 2, audio.first_channel + 2));
  const change = (part: Parameters<typeof changeOutput>[0]): void => attempt(changeOutput(part));
  return (
    <Sheet
      title={say.title}
      onClose={onClose}
      actions={<IconButton label={say.refresh} icon={RefreshCw} disabled={found === null} onClick={look} />}
    >
      <div className="audio-sheet">
        <label className="audio-row">
          <span>{say.device}</span>
          <DeviceSelect wanted={audio.device} devices={devices} onChange={(to) => change({ device: to, first_channel: 0 })} />
        </label>
        <DeviceNote found={found} />
        <label className="audio-row">
          <span>{say.pair}</span>
          <Select
            label={say.pair}
            value={String(audio.first_channel)}
            groups={[{ choices: pairs.map((first) => ({ value: String(first), label: say.pairName(first) })) }]}
            onChange={(first) => change({ first_channel: Number(first) })}
          />
        </label>
        <label className="audio-row">
          <span>{say.rate}</span>
          <Select
            label={say.rate}
            value={String(audio.sample_rate)}
            groups={[{ choices: SAMPLE_RATES.map((rate) => ({ value: String(rate), label: `${fixed(rate / 1000, 1)} kHz` })) }]}
            onChange={(value) => change({ sample_rate: SAMPLE_RATES.find((rate) => String(rate) === value) ?? 48_000 })}
          />
        </label>
        <label className="audio-row">
          <span>{say.buffer}</span>
          <Select
            label={say.buffer}
            value={String(audio.buffer_frames)}
            groups={[{ choices: BUFFER_SIZES.map((frames) => ({ value: String(frames), label: bufferText(frames, audio.sample_rate) })) }]}
            onChange={(value) => change({ buffer_frames: BUFFER_SIZES.find((frames) => String(frames) === value) ?? 256 })}
          />
        </label>
        <Level label={say.ceiling} line={say.ceilingLine} text={`${db(audio.ceiling_db)}TP`} position={(audio.ceiling_db - LEAST_CEILING_DB) / (-1 - LEAST_CEILING_DB)} resetTo={1} onMove={(to) => setCeiling(Math.round((LEAST_CEILING_DB + to * (-1 - LEAST_CEILING_DB)) * 2) / 2)} />
        <Level label={say.volume} line={say.volumeLine} text={percent(audio.volume)} position={audio.volume} resetTo={1} onMove={setLiveVolume} />
        <LatencyCheck />
        {session?.stream ? <OutputFacts stream={session.stream} /> : null}
      </div>
    </Sheet>
  );
}

const bufferText = (frames: number, rate: number): string => `${say.frames(frames)} · ${say.ms(fixed((1000 * frames) / rate, 1))}`;

interface DeviceSelectProps {
  readonly wanted: string | null;
  readonly devices: readonly AudioDevice[];
  readonly onChange: (device: string | null) => void;
}

function DeviceSelect({ wanted, devices, onChange }: DeviceSelectProps): React.JSX.Element {
  const isGone = wanted !== null && wanted !== NO_DEVICE && !devices.some((each) => each.id === wanted);
  const hosts = [...new Set(devices.map((each) => each.host_api))];
  const groups = [
    {
      choices: [
        { value: SYSTEM, label: say.systemDevice },
        { value: NO_DEVICE, label: say.noDevice },
        ...(isGone ? [{ value: wanted, label: wanted, hint: say.gone }] : []),
      ],
    },
    ...hosts.map((host) => ({
      label: host,
      choices: devices
        .filter((each) => each.host_api === host)
        .map((each) => ({ value: each.id, label: each.name, hint: `${say.channels(each.channels)} · ${say.ms(fixed(each.latency_ms, 1))}` })),
    })),
  ];
  return (
    <Select label={say.device} value={wanted ?? SYSTEM} groups={groups} onChange={(value) => onChange(value === SYSTEM ? null : value)} />
  );
}

function DeviceNote({ found }: { readonly found: Devices | null }): React.JSX.Element | null {
  if (found === null) return <p className="muted audio-note">{say.looking}</p>;
  if (found.devices.length > 0) return null;
  return (
    <p className="audio-note audio-none">
      <VolumeX size={16} aria-hidden="true" />
      {found.problem ?? say.noDevices}
    </p>
  );
}

interface LevelProps {
  readonly label: string;
  readonly line: string;
  readonly text: string;
  readonly position: number;
  readonly resetTo: number;
  readonly onMove: (position: number) => void;
}

function Level({ label, line, text, position, resetTo, onMove }: LevelProps): React.JSX.Element {
  return (
    <div className="audio-row audio-level">
      <span>
        {label}
        <small className="muted">{line}</small>
      </span>
      <Slider label={label} position={Math.min(1, Math.max(0, position))} text={text} lengthPx={96} resetTo={resetTo} onMove={onMove} />
      <span className="figures audio-value">{text}</span>
    </div>
  );
}
