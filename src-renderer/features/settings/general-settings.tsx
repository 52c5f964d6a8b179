/** Theme, FFmpeg, loudness of exports, layout. */
import { useState } from 'react';

import type { Settings } from '../../../src-main/contract/documents/system.ts';
import { en } from '../../../src-main/contract/text/en.ts';
import { commands } from '../../stores/command-store.ts';
import { useSettings } from '../../stores/settings-store.ts';
import { useShell } from '../../stores/shell-store.ts';
import { attempt } from '../../stores/toast-store.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { LoudnessSelect } from '../export/loudness-select.tsx';
import { SettingRow } from './setting-row.tsx';

const THEMES = (Object.keys(en.settings.themes) as Settings['theme'][]).map((value) => ({
  value,
  label: en.settings.themes[value],
}));

export function GeneralSettings(): React.JSX.Element {
  const settings = useSettings((state) => state.settings);
  const change = useSettings((state) => state.change);
  return (
    <>
      <SettingRow label={en.settings.theme}>
        <Segmented
          label={en.settings.theme}
          value={settings.theme}
          segments={THEMES}
          onChange={(theme) => attempt(change({ theme }))}
        />
      </SettingRow>
      <SettingRow label={en.settings.loudness}>
        <LoudnessSelect value={settings.loudness} onChange={(loudness) => attempt(change({ loudness }))} />
      </SettingRow>
      <FfmpegSetting path={settings.ffmpeg_path} onChange={(ffmpeg_path) => attempt(change({ ffmpeg_path }))} />
      <SettingRow label={en.settings.layout} line={en.settings.layoutLine}>
        <Button onClick={() => commands.run('layout.reset')}>{en.settings.layoutReset}</Button>
      </SettingRow>
      <SettingRow label={en.settings.cloud}>
        <span className="muted">{en.settings.cloudLine}</span>
      </SettingRow>
    </>
  );
}

function FfmpegSetting({
  path,
  onChange,
}: {
  readonly path: string | null;
  readonly onChange: (path: string | null) => void;
}): React.JSX.Element {
  const [text, setText] = useState(path ?? '');
  const isBrowser = useShell((state) => state.system?.door === 'browser');
  if (isBrowser) {
    return (
      <SettingRow label={en.settings.ffmpeg}>
        <span className="muted">{path ?? en.settings.ffmpegInBrowser}</span>
      </SettingRow>
    );
  }
  const take = (): void => {
    const next = text.trim() === '' ? null : text.trim();
    if (next !== path) onChange(next);
  };
  return (
    <SettingRow label={en.settings.ffmpeg} line={en.settings.ffmpegLine}>
      <TextField
        label={en.settings.ffmpeg}
        isBare
        value={text}
        placeholder={en.settings.ffmpegPlaceholder}
        onChange={setText}
        onEnter={take}
        onBlur={take}
      />
    </SettingRow>
  );
}
