/**
 * The demo's own film: four scenes, each showing one thing the ear should follow. Dusk is still and warm, streaks are
 * motion, tiles are edges, bloom is everything at once. Pure: the same pixels for the same time.
 */
import { type Canvas, type Rgb, mix, noise } from './canvas.ts';

export const DEMO_WIDTH = 960;
export const DEMO_HEIGHT = 540;
export const DEMO_RATE = 30;
const SCENE_S = 5;

const INDIGO: Rgb = [20, 18, 54];
const PLUM: Rgb = [92, 38, 92];
const CORAL: Rgb = [255, 122, 89];
const AMBER: Rgb = [255, 200, 87];
const NIGHT: Rgb = [12, 14, 22];
const TEAL: Rgb = [16, 62, 78];
const CYAN: Rgb = [76, 201, 240];
const VIOLET: Rgb = [150, 110, 255];
const WHITE: Rgb = [245, 240, 232];

/** A low sun over water; nearly still. */
function dusk(canvas: Canvas, t: number): void {
  const horizon = 0.12;
  const sunY = -0.02 - t * 0.012;
  canvas.fillRows((y) => (y < horizon ? mix(mix(INDIGO, PLUM, (y + 0.5) / 0.4), CORAL, (y + 0.12) / 0.24) : mix(PLUM, INDIGO, (y - horizon) / 0.3)));
  canvas.disc(0.12, sunY, 0.02, 0.3, CORAL, 0.5);
  canvas.disc(0.12, sunY, 0.11, 0.006, mix(AMBER, WHITE, 0.2));
  for (let wave = 0; wave < 26; wave += 1) {
    const y = horizon + 0.012 + (wave / 26) ** 1.6 * 0.36;
    const sway = Math.sin(t * 0.9 + wave * 1.7) * 0.03;
    const width = 0.05 + (wave / 26) * 0.3 * (0.6 + 0.4 * noise(wave));
    canvas.box(0.12 + sway - width / 2, y, width, 0.004 + wave * 0.0002, AMBER, 0.55 - wave * 0.016);
  }
}

/** Lights racing to the right, faster and faster. */
function streaks(canvas: Canvas, t: number): void {
  canvas.fillRows((y) => mix(NIGHT, TEAL, 0.9 - Math.abs(y) * 1.8));
  const reach = canvas.halfWidth * 2 + 1;
  const way = t * 0.35 + t * t * 0.11;
  for (let light = 0; light < 46; light += 1) {
    const depth = 0.35 + noise(light) * 0.65;
    const x = ((noise(light + 100) * reach + way * depth * 1.6) % reach) - canvas.halfWidth - 0.5;
    const y = (noise(light + 200) - 0.5) * 0.9;
    const length = 0.05 + depth * (0.08 + t * 0.05);
    const color = mix(light % 3 === 0 ? CORAL : CYAN, WHITE, depth * 0.4);
    for (let part = 0; part < 6; part += 1) canvas.box(x + (length * part) / 6, y, length / 6, 0.006 + depth * 0.008, color, (depth * (part + 1)) / 6);
    canvas.disc(x + length, y + 0.006, 0.006, 0.02 * depth, WHITE, depth);
  }
}

/** A wall of tiles that light up in waves: hard edges, more of them with time. */
function tiles(canvas: Canvas, t: number): void {
  canvas.fillRows(() => NIGHT);
  const size = 0.1;
  const columns = Math.ceil(canvas.halfWidth / size);
  for (let column = -columns; column < columns; column += 1) {
    for (let row = -5; row < 5; row += 1) {
      const [x, y] = [(column + 0.5) * size, (row + 0.5) * size];
      const wave = Math.sin(Math.hypot(x, y) * 14 - t * 5);
      // Each tile turns at a time of its own: a wall that flips at once would be a cut to the eye.
      const tile = column * 31 + row * 7;
      const isOn = noise(tile + Math.floor(t * 2 + noise(tile + 5000)) * 977) < 0.15 + t * 0.13;
      const glow = isOn ? 0.55 + 0.45 * wave : 0.06;
      const half = size * (isOn ? 0.36 + 0.08 * wave : 0.4);
      canvas.box(x - half, y - half, half * 2, half * 2, mix(mix(CYAN, VIOLET, y + 0.5), WHITE, isOn ? 0.15 : 0), glow);
      if (isOn && t > 2) canvas.box(x - half * 0.5, y - half * 0.5, half, half, NIGHT, 0.9);
    }
  }
}

/** Petals of light thrown from the centre, all colours, everything moving. */
function bloom(canvas: Canvas, t: number): void {
  canvas.fillRows((y) => mix(PLUM, INDIGO, Math.abs(y) * 2.2));
  const palette = [CORAL, AMBER, CYAN, VIOLET, WHITE] as const;
  canvas.disc(0, 0, 0.04, 0.34, VIOLET, 0.35 + 0.15 * Math.sin(t * 6.28 * 2));
  for (let petal = 0; petal < 150; petal += 1) {
    const age = (t * (0.35 + noise(petal) * 0.3) + noise(petal + 400)) % 1;
    const angle = noise(petal + 800) * Math.PI * 2 + t * 0.7 + age * 1.2;
    const far = age ** 0.8 * 0.95;
    const color = palette[petal % palette.length] ?? WHITE;
    canvas.disc(Math.cos(angle) * far, Math.sin(angle) * far * 0.7, 0.008 + 0.03 * age, 0.006, color, (1 - age) * 0.95);
  }
}

const SCENES = [dusk, streaks, tiles, bloom] as const;
export const DEMO_SECONDS = SCENES.length * SCENE_S;
export const DEMO_FRAMES = DEMO_SECONDS * DEMO_RATE;

/** Paints frame `number` (0 … DEMO_FRAMES - 1) over the whole canvas. Cost: about 6 ms at 960 × 540. */
export function paintDemoFrame(canvas: Canvas, number: number): void {
  const t = number / DEMO_RATE;
  SCENES[Math.min(SCENES.length - 1, Math.floor(t / SCENE_S))]?.(canvas, t % SCENE_S);
}
