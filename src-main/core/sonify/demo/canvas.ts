/** A picture to paint on: RGB bytes, row-major, 0..255. Coordinates are fractions of the height, origin at the centre. */
export type Rgb = readonly [number, number, number];

export function mix(a: Rgb, b: Rgb, amount: number): Rgb {
  const t = Math.min(1, Math.max(0, amount));
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.pixels = new Uint8Array(width * height * 3);
  }

  /** Half the width in units of the height. */
  get halfWidth(): number {
    return this.width / this.height / 2;
  }

  /** Fills row by row: a gradient that depends on y (-0.5 top … 0.5 bottom) only. */
  fillRows(colorAt: (y: number) => Rgb): void {
    for (let row = 0; row < this.height; row += 1) {
      const [r, g, b] = colorAt((row + 0.5) / this.height - 0.5);
      for (let at = row * this.width * 3, end = at + this.width * 3; at < end; at += 3) {
        this.pixels[at] = r;
        this.pixels[at + 1] = g;
        this.pixels[at + 2] = b;
      }
    }
  }

  /** Lays a colour over one pixel. */
  #blend(at: number, color: Rgb, alpha: number): void {
    for (let channel = 0; channel < 3; channel += 1) {
      const old = this.pixels[at + channel] ?? 0;
      this.pixels[at + channel] = old + ((color[channel] ?? 0) - old) * alpha;
    }
  }

  /** A disc with a soft rim: `soft` is the width of the rim, all in units of the height. */
  disc(x: number, y: number, radius: number, soft: number, color: Rgb, alpha = 1): void {
    const reach = radius + soft;
    const [left, right] = this.#columns(x - reach, x + reach);
    const [top, bottom] = this.#rows(y - reach, y + reach);
    for (let row = top; row < bottom; row += 1) {
      const dy = (row + 0.5) / this.height - 0.5 - y;
      for (let column = left; column < right; column += 1) {
        const dx = (column + 0.5) / this.height - this.halfWidth - x;
        const cover = (reach - Math.hypot(dx, dy)) / soft;
        if (cover > 0) this.#blend((row * this.width + column) * 3, color, alpha * Math.min(1, cover));
      }
    }
  }

  /** An upright box with sharp edges. */
  box(x: number, y: number, width: number, height: number, color: Rgb, alpha = 1): void {
    const [left, right] = this.#columns(x, x + width);
    const [top, bottom] = this.#rows(y, y + height);
    for (let row = top; row < bottom; row += 1) {
      for (let column = left; column < right; column += 1) this.#blend((row * this.width + column) * 3, color, alpha);
    }
  }

  #columns(from: number, to: number): [number, number] {
    const clamp = (x: number): number => Math.min(this.width, Math.max(0, Math.round((x + this.halfWidth) * this.height)));
    return [clamp(from), clamp(to)];
  }

  #rows(from: number, to: number): [number, number] {
    const clamp = (y: number): number => Math.min(this.height, Math.max(0, Math.round((y + 0.5) * this.height)));
    return [clamp(from), clamp(to)];
  }
}

/** A fixed random number in 0..1 for a whole number; the same on every machine. Source: integer hash by Thomas Wang. */
export function noise(index: number): number {
  let x = Math.imul(index + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}
