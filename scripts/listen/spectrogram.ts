/** A spectrogram as PNG: logarithmic frequency 30 Hz..18 kHz upwards, -90..0 dB from black over violet and orange to white. */
import { crc32, deflateSync } from 'node:zlib';

import { powerSpectrum } from './spectrum.ts';

const HEIGHT = 420;
const LOW_HZ = 30;
const HIGH_HZ = 18_000;
const RANGE_DB = 90;
const SIZE = 4096;
const STOPS: readonly (readonly [number, number, number, number])[] = [
  [0, 0, 0, 4],
  [0.3, 60, 15, 110],
  [0.55, 180, 50, 90],
  [0.75, 245, 125, 20],
  [0.92, 250, 220, 90],
  [1, 255, 255, 255],
];

function colour(level: number): [number, number, number] {
  const at = STOPS.findIndex(([stop]) => stop >= level);
  const [s1, r1, g1, b1] = STOPS[Math.max(at, 1)] ?? [1, 255, 255, 255];
  const [s0, r0, g0, b0] = STOPS[Math.max(at, 1) - 1] ?? [0, 0, 0, 0];
  const t = Math.min(1, Math.max(0, (level - s0) / (s1 - s0)));
  return [r0 + t * (r1 - r0), g0 + t * (g1 - g0), b0 + t * (b1 - b0)];
}

function chunk(name: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(12 + data.length);
  out.writeUInt32BE(data.length, 0);
  out.write(name, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length);
  return out;
}

function png(width: number, height: number, rgb: Uint8Array): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const lines = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y += 1) lines.set(rgb.subarray(y * width * 3, (y + 1) * width * 3), y * (width * 3 + 1) + 1);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(lines)), chunk('IEND', new Uint8Array(0))]);
}

/** @param mono -1..1. @param width one column per width-th of the sound. @returns a PNG file. */
export function spectrogramPng(mono: ArrayLike<number>, sampleRate: number, width = 1200): Buffer {
  const rgb = new Uint8Array(width * HEIGHT * 3);
  for (let x = 0; x < width; x += 1) {
    const start = Math.max(0, Math.round(((x + 0.5) / width) * mono.length - SIZE / 2));
    const spectrum = powerSpectrum(mono, start, SIZE);
    for (let y = 0; y < HEIGHT; y += 1) {
      const hz = LOW_HZ * (HIGH_HZ / LOW_HZ) ** (1 - y / (HEIGHT - 1));
      const bin = (hz * SIZE) / sampleRate;
      const below = spectrum[Math.floor(bin)] ?? 0;
      const power = below + ((spectrum[Math.ceil(bin)] ?? 0) - below) * (bin % 1);
      // 0 dB: a sine of full scale.
      const level = 1 + (10 * Math.log10(power / (SIZE / 4) ** 2 + 1e-20)) / RANGE_DB;
      rgb.set(colour(Math.min(1, Math.max(0, level))), (y * width + x) * 3);
    }
  }
  return png(width, HEIGHT, rgb);
}
