// Power spectra of eight frames of one signal at once, one frame per lane: every step is the same for all, so nothing is shuffled.
// Source: Stockham's self-sorting radix-4 transform (Van Loan, "Computational Frameworks for the FFT", 1992, section 1.7) of half
// the length, untangled for real input.
#pragma once

#include <cstddef>
#include <vector>

#include "rt/dispatch.h"

namespace kinetone::music {

inline constexpr std::size_t kFftLanes = 8;

struct FftLanesKernel {
  // samples: frame l starts at samples + l * hop. window, twiddles (re, im by e^(-2 pi i k / size), k < size / 2): of FftLanes.
  // work: 2 * size * kFftLanes. power: (size / 2 + 1) x kFftLanes.
  void (*power)(const float* samples, std::size_t hop, const float* window, const float* twiddles, std::size_t size, float* work, float* power);
};
KINETONE_DISPATCH(FftLanesKernel, FftLanesKernels)

class FftLanes {
 public:
  // size: a power of two, from 16. A periodic Hann window is laid over each frame.
  explicit FftLanes(std::size_t size);
  std::size_t size() const { return size_; }
  std::size_t bins() const { return size_ / 2 + 1; }
  // samples: size() + 7 * hop values. power: bins() x 8, |X[k]|^2 scaled so that a sine of amplitude 1 on a bin gives 1.
  void Power(const float* samples, std::size_t hop, float* power) {
    FftLanesKernels().power(samples, hop, window_.data(), twiddles_.data(), size_, work_.data(), power);
  }

 private:
  std::size_t size_;
  std::vector<float> window_, twiddles_, work_;
};

}  // namespace kinetone::music
