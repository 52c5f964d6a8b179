// Discrete Fourier transform of a real block, radix 2, in place; tables are built once. Not for the audio thread's loop.
// Source: Cooley, Tukey, "An algorithm for the machine calculation of complex Fourier series", 1965.
#pragma once

#include <complex>
#include <cstddef>
#include <vector>

namespace kinetone::music {

class Fft {
 public:
  // size: a power of two, from 2.
  explicit Fft(std::size_t size);
  std::size_t size() const { return size_; }
  // samples: size() values. magnitudes: size() / 2 + 1 values, |X[k]|; a sine of amplitude a on bin k gives a * size() / 2.
  void Magnitudes(const float* samples, float* magnitudes);

 private:
  void Transform();

  std::size_t size_;
  std::vector<std::complex<float>> twiddles_, work_;
  std::vector<std::size_t> reversed_;
};

}  // namespace kinetone::music
