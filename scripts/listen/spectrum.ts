/** Spectra for looking at sound: a radix-2 Fourier transform in double precision and what is read off it. */

/** In-place complex FFT; lengths are a power of two. Source: Cooley and Tukey, 1965. */
export function fft(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i += 1) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j] ?? 0, re[i] ?? 0];
      [im[i], im[j]] = [im[j] ?? 0, im[i] ?? 0];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    for (let k = 0; k < size / 2; k += 1) {
      const c = Math.cos((-2 * Math.PI * k) / size);
      const s = Math.sin((-2 * Math.PI * k) / size);
      for (let a = k; a < n; a += size) {
        const b = a + size / 2;
        const xr = (re[b] ?? 0) * c - (im[b] ?? 0) * s;
        const xi = (re[b] ?? 0) * s + (im[b] ?? 0) * c;
        re[b] = (re[a] ?? 0) - xr;
        im[b] = (im[a] ?? 0) - xi;
        re[a] = (re[a] ?? 0) + xr;
        im[a] = (im[a] ?? 0) + xi;
      }
    }
  }
}

/** Power of each bin 0..n/2 of a Hann-windowed stretch. */
export function powerSpectrum(samples: ArrayLike<number>, start: number, size: number): Float64Array {
  const re = new Float64Array(size);
  const im = new Float64Array(size);
  for (let i = 0; i < size; i += 1) re[i] = (samples[start + i] ?? 0) * (0.5 - 0.5 * Math.cos((2 * Math.PI * i) / size));
  fft(re, im);
  return Float64Array.from({ length: size / 2 + 1 }, (_, k) => (re[k] ?? 0) ** 2 + (im[k] ?? 0) ** 2);
}

/** Mean power spectrum over the whole of a signal, half-overlapping. */
export function meanSpectrum(samples: ArrayLike<number>, size: number): Float64Array {
  const sum = new Float64Array(size / 2 + 1);
  for (let start = 0; start + size <= samples.length; start += size / 2) {
    powerSpectrum(samples, start, size).forEach((power, k) => {
      sum[k] = (sum[k] ?? 0) + power;
    });
  }
  return sum;
}

export function db(power: number): number {
  return power > 0 ? 10 * Math.log10(power) : Number.NEGATIVE_INFINITY;
}

/** Power-weighted mean frequency. */
export function centroidHz(spectrum: Float64Array, sampleRate: number): number {
  const binHz = sampleRate / 2 / (spectrum.length - 1);
  let weighted = 0;
  let total = 0;
  spectrum.forEach((power, k) => {
    weighted += Math.sqrt(power) * k * binHz;
    total += Math.sqrt(power);
  });
  return total > 0 ? weighted / total : 0;
}
