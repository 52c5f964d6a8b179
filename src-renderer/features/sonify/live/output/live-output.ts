/** Settings of the live output: kept on this machine, and given to the session that sounds. */
import type { AudioSettings } from '../../../../../src-main/contract/documents/system.ts';
import { OutputSettingsSchema } from '../../../../../src-main/contract/documents/session.ts';
import { call } from '../../../../api/client.ts';
import { NewestWins } from '../../../../model/newest-wins.ts';
import { useLive } from '../../../../stores/live-store.ts';
import { useSettings } from '../../../../stores/settings-store.ts';
import { attempt, sayError } from '../../../../stores/toast-store.ts';
import { audioSettings } from '../live-sound.ts';
import { player } from '../../player/player.ts';

const SAVE_MS = 400;
let timer: ReturnType<typeof setTimeout> | undefined;

const levels = new NewestWins<Pick<AudioSettings, 'ceiling_db' | 'volume'>>({
  schedule: (run) => void setTimeout(run, 16),
  onError: sayError,
  send: async ({ ceiling_db: db, volume: gain }) => {
    await player.live.control({ action: 'volume', gain });
    if (player.live.session?.ceiling_db !== db) await player.live.control({ action: 'ceiling', db });
  },
});

/** Shows a change at once and saves it when the hand rests. */
function keep(part: Partial<AudioSettings>): AudioSettings {
  const audio = { ...audioSettings(), ...part };
  const { settings } = useSettings.getState();
  useSettings.setState({ settings: { ...settings, audio } });
  clearTimeout(timer);
  timer = setTimeout(() => attempt(call('saveSettings', { body: { audio } })), SAVE_MS);
  return audio;
}

export function setLiveVolume(volume: number): void {
  levels.push(keep({ volume }));
}

export function setCeiling(db: number): void {
  levels.push(keep({ ceiling_db: db }));
}

/** Another device, rate, buffer or pair; at once where a session sounds. */
export async function changeOutput(part: Partial<AudioSettings>): Promise<void> {
  const audio = keep(part);
  const { session, isSounding } = player.live;
  if (!session || !isSounding) return;
  useLive.getState().put(await call('setOutput', { params: { id: session.id }, body: OutputSettingsSchema.parse(audio) }));
}
