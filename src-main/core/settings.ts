/** The user's settings: one small document with a default for everything. */
import type { Settings } from '../contract/documents/system.ts';

export const DEFAULT_SETTINGS: Settings = { theme: 'dark', ffmpeg_path: null, loudness: -14, keys: {} };

export interface SettingsStore {
  read(): Settings;
  /** Changes the given fields and returns the whole. */
  change(fields: Partial<Settings>): Settings;
}
