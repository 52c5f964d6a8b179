// Discrete Fourier transform of one real block; tables are built once. Eight frames of one signal at once: fft_lanes.h.
// Source: Cooley, Tukey, "An algorithm for the machine calculation of complex Fourier series", 1965, radix 2 on half the length,
// untangled for real input (Press et al., "Numerical Recipes", 2007, section 12.3).
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace kinetone::music {

class Fft {
 public:
  // size: a power of two, from 4.
  explicit Fft(std::size_t size);
  std::size_t size() const { return size_; }
  // samples: size() values. magnitudes: size() / 2 + 1 values, |X[k]|; a sine of amplitude a on bin k gives a * size() / 2.
  void Magnitudes(const float* samples, float* magnitudes);

 private:
  void Transform();

  std::size_t size_;
  std::vector<std::complex<float>> twiddles_, work_;  // e^(-2 pi i k / size), k < size / 2; size / 2 values
  std::vector<std::size_t> reversed_;
};

}  // namespace kinetone::music
