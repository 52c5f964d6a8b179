/**
 * Settings, kept by the program: theme, FFmpeg, keys, and what the page remembers of its layout. Changes show at once;
 * a change that cannot be kept is taken back and said.
 */
import { create } from 'zustand';

import type { Settings } from '../../src-main/contract/documents/system.ts';
import { call } from '../api/client.ts';
import { sayError } from './toast-store.ts';

const DEFAULTS: Settings = { theme: 'dark', ffmpeg_path: null, loudness: -14, keys: {} };

interface SettingsState {
  readonly settings: Settings;
  readonly isLoaded: boolean;
  readonly load: () => Promise<void>;
  readonly change: (part: Partial<Settings>) => Promise<void>;
}

export const useSettings = create<SettingsState>()((set, get) => ({
  settings: DEFAULTS,
  isLoaded: false,
  load: async () => {
    const settings = await call('getSettings', {});
    set({ settings, isLoaded: true });
    applyTheme(settings.theme);
  },
  change: async (part) => {
    const before = get().settings;
    set({ settings: { ...before, ...part } });
    if (part.theme) applyTheme(part.theme);
    try {
      set({ settings: await call('saveSettings', { body: part }) });
    } catch (error) {
      set({ settings: before });
      applyTheme(before.theme);
      sayError(error);
    }
  },
}));

const prefersLight = (): MediaQueryList => globalThis.matchMedia('(prefers-color-scheme: light)');
const prefersContrast = (): MediaQueryList => globalThis.matchMedia('(prefers-contrast: more)');

/** Puts the theme on the document; "system" follows the system's light and contrast settings. */
export function applyTheme(theme: Settings['theme']): void {
  const ofSystem = prefersContrast().matches ? 'high-contrast' : prefersLight().matches ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme === 'system' ? ofSystem : theme;
  globalThis.dispatchEvent(new Event('kinetone-theme'));
}

/** Follows the system while the theme says so. */
export function watchSystemTheme(): void {
  const again = (): void => applyTheme(useSettings.getState().settings.theme);
  prefersLight().addEventListener('change', again);
  prefersContrast().addEventListener('change', again);
}

const SAVE_LAYOUT_MS = 800;
let layoutTimer: ReturnType<typeof setTimeout> | undefined;

/** One remembered thing of the layout; the caller checks its shape. */
export function remembered(key: string): unknown {
  return useSettings.getState().settings.layout?.[key];
}

/** Remembers one thing of the layout, saved a moment later. */
export function remember(key: string, value: unknown): void {
  const { settings } = useSettings.getState();
  const layout = { ...settings.layout, [key]: value };
  useSettings.setState({ settings: { ...settings, layout } });
  clearTimeout(layoutTimer);
  layoutTimer = setTimeout(() => {
    call('saveSettings', { body: { layout } }).catch((error: unknown) => sayError(error));
  }, SAVE_LAYOUT_MS);
}

/** Forgets the whole layout at once. */
export async function forgetLayout(): Promise<void> {
  clearTimeout(layoutTimer);
  await useSettings.getState().change({ layout: {} });
}

/** The panels library's storage, over the settings. */
export const layoutStorage = {
  getItem: (key: string): string | null => {
    const value = remembered(key);
    return typeof value === 'string' ? value : null;
  },
  setItem: (key: string, value: string): void => remember(key, value),
};
