// Spectra for the sound tests: a plain Fourier transform in double precision and windows of known side lobes.
#pragma once

#include <cmath>
#include <complex>
#include <cstddef>
#include <vector>

namespace kinetone::test {

inline constexpr double kTau = 6.283185307179586;

inline void Fft(std::vector<std::complex<double>>& x) {
  const std::size_t n = x.size();
  for (std::size_t i = 1, j = 0; i < n; ++i) {
    std::size_t bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) std::swap(x[i], x[j]);
  }
  for (std::size_t size = 2; size <= n; size *= 2) {
    const auto step = std::polar(1.0, -kTau / static_cast<double>(size));
    for (std::size_t a = 0; a < n; a += size) {
      std::complex<double> twiddle = 1.0;
      for (std::size_t k = 0; k < size / 2; ++k) {
        const auto odd = x[a + k + size / 2] * twiddle;
        x[a + k + size / 2] = x[a + k] - odd;
        x[a + k] += odd;
        twiddle *= step;
      }
    }
  }
}

// Power of bins 0..n/2 under a four-term Blackman-Harris window (side lobes below -92 dB), 1 = a sine of amplitude 1.
inline std::vector<double> PowerSpectrum(const float* samples, std::size_t size, std::size_t stride = 1) {
  std::vector<std::complex<double>> x(size);
  double sum = 0.0;
  for (std::size_t i = 0; i < size; ++i) {
    const double t = kTau * static_cast<double>(i) / static_cast<double>(size);
    const double w = 0.35875 - 0.48829 * std::cos(t) + 0.14128 * std::cos(2 * t) - 0.01168 * std::cos(3 * t);
    sum += w;
    x[i] = w * static_cast<double>(samples[i * stride]);
  }
  Fft(x);
  std::vector<double> power(size / 2 + 1);
  for (std::size_t k = 0; k < power.size(); ++k) power[k] = std::norm(x[k]) * 4.0 / (sum * sum);
  return power;
}

inline double Db(double power) { return 10.0 * std::log10(power + 1e-30); }

inline double RmsDb(const float* samples, std::size_t count, std::size_t stride = 1) {
  double sum = 0.0;
  for (std::size_t i = 0; i < count; ++i) sum += static_cast<double>(samples[i * stride]) * static_cast<double>(samples[i * stride]);
  return Db(sum / static_cast<double>(count));
}

}  // namespace kinetone::test
