/**
 * The picture's own colour as the colour of the colour sense: its hue at a lightness and chroma that can be read on the
 * theme's panel. OKLCH: B. Ottosson, "A perceptual color space for image processing" (2020).
 */
export interface WeightedColour {
  readonly hex: string;
  readonly weight: number;
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** Hue in degrees and chroma of a colour `#rrggbb`, in OKLCH. */
export function hueAndChroma(hex: string): { hueDeg: number; chroma: number } {
  const packed = Number.parseInt(hex.slice(1), 16);
  const [r, g, b] = [16, 8, 0].map((shift) => linear(((packed >> shift) & 255) / 255)) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return { hueDeg: ((Math.atan2(B, A) * 180) / Math.PI + 360) % 360, chroma: Math.hypot(A, B) };
}

/** Below this chroma a colour has no hue worth showing. */
const MIN_CHROMA = 0.04;

/**
 * A CSS colour for the colour sense, or null when the picture has no colour of its own (the theme's violet stays).
 * @param isDark  whether the theme's panels are dark
 */
export function senseColour(colours: readonly WeightedColour[], isDark: boolean): string | null {
  let best: { hueDeg: number; score: number } | null = null;
  for (const colour of colours) {
    const { hueDeg, chroma } = hueAndChroma(colour.hex);
    const score = chroma * Math.sqrt(Math.max(0, colour.weight));
    if (chroma >= MIN_CHROMA && (best === null || score > best.score)) best = { hueDeg, score };
  }
  return best === null ? null : `oklch(${isDark ? 0.78 : 0.48} 0.13 ${best.hueDeg.toFixed(1)})`;
}
