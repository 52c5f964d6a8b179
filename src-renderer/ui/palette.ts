/** The theme's colours for canvases, read from the tokens once per theme. */
const NAMES = [
  'app',
  'panel',
  'raised',
  'hover',
  'line',
  'line-strong',
  'well',
  'text',
  'text-2',
  'text-3',
  'motion',
  'edges',
  'colour',
  'beat',
  'accent',
  'danger',
  'warn',
  'ok',
  'video',
  'on-picture',
  'seen-motion',
  'seen-edges',
] as const;

export type PaletteName = (typeof NAMES)[number];
export type Palette = Readonly<Record<PaletteName, string>> & { readonly isDark: boolean; readonly figures: string };

let cached: Palette | null = null;

export function palette(): Palette {
  if (cached) return cached;
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  const theme = document.documentElement.dataset['theme'];
  cached = {
    ...colours,
    isDark: theme !== 'light',
    figures: style.getPropertyValue('--font-figures').trim(),
  } as Palette;
  return cached;
}

globalThis.addEventListener('kinetone-theme', () => {
  cached = null;
});
