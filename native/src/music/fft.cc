#include "music/fft.h"

#include <cmath>

namespace kinetone::music {

Fft::Fft(std::size_t size) : size_(size), twiddles_(size / 2), work_(size), reversed_(size, 0) {
  constexpr double kTau = 6.283185307179586;
  for (std::size_t k = 0; k < size / 2; ++k) {
    const double angle = -kTau * static_cast<double>(k) / static_cast<double>(size);
    twiddles_[k] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
  }
  for (std::size_t i = 1; i < size; ++i) reversed_[i] = (reversed_[i / 2] / 2) | (i % 2 == 0 ? 0 : size / 2);
}

void Fft::Transform() {
  for (std::size_t half = 1; half < size_; half *= 2) {
    const std::size_t stride = size_ / (2 * half);
    for (std::size_t start = 0; start < size_; start += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const std::complex<float> odd = work_[start + half + k] * twiddles_[k * stride];
        work_[start + half + k] = work_[start + k] - odd;
        work_[start + k] += odd;
      }
    }
  }
}

void Fft::Magnitudes(const float* samples, float* magnitudes) {
  for (std::size_t i = 0; i < size_; ++i) work_[reversed_[i]] = {samples[i], 0.0f};
  Transform();
  for (std::size_t k = 0; k <= size_ / 2; ++k) magnitudes[k] = std::abs(work_[k]);
}

}  // namespace kinetone::music
