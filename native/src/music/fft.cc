#include "music/fft.h"

#include <cmath>

namespace kinetone::music {

Fft::Fft(std::size_t size) : size_(size), twiddles_(size / 2), work_(size / 2), reversed_(size / 2, 0) {
  constexpr double kTau = 6.283185307179586;
  const std::size_t half = size / 2;
  for (std::size_t k = 0; k < half; ++k) {
    const double angle = -kTau * static_cast<double>(k) / static_cast<double>(size);
    twiddles_[k] = {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
  }
  for (std::size_t i = 1; i < half; ++i) reversed_[i] = (reversed_[i / 2] / 2) | (i % 2 == 0 ? 0 : half / 2);
}

void Fft::Transform() {
  for (std::size_t half = 1; half < work_.size(); half *= 2) {
    const std::size_t stride = size_ / (2 * half);
    for (std::size_t start = 0; start < work_.size(); start += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const std::complex<float> w = twiddles_[k * stride], x = work_[start + half + k];
        // Written out: the library's product looks for infinities.
        const std::complex<float> odd(x.real() * w.real() - x.imag() * w.imag(), x.real() * w.imag() + x.imag() * w.real());
        work_[start + half + k] = work_[start + k] - odd;
        work_[start + k] += odd;
      }
    }
  }
}

void Fft::Magnitudes(const float* samples, float* magnitudes) {
  const std::size_t half = size_ / 2;
  for (std::size_t i = 0; i < half; ++i) work_[reversed_[i]] = {samples[2 * i], samples[2 * i + 1]};
  Transform();
  for (std::size_t k = 0; k <= half / 2; ++k) {
    const std::complex<float> a = work_[k], b = std::conj(work_[(half - k) % half]), w = twiddles_[k];
    const std::complex<float> even = 0.5f * (a + b), difference = 0.5f * (a - b), odd(difference.imag(), -difference.real());
    const std::complex<float> turned(odd.real() * w.real() - odd.imag() * w.imag(), odd.real() * w.imag() + odd.imag() * w.real());
    magnitudes[k] = std::abs(even + turned);
    magnitudes[half - k] = std::abs(even - turned);
  }
}

}  // namespace kinetone::music
