#include "music/fft_lanes.h"

#include <cmath>

namespace kinetone::music {

FftLanes::FftLanes(std::size_t size) : size_(size), window_(size), twiddles_(size), work_(2 * size * kFftLanes) {
  constexpr double kTau = 6.283185307179586;
  // A Hann window lets half the amplitude through and a sine's power is shared by two bins: 4 / size makes its magnitude 1.
  const double scale = 4.0 / static_cast<double>(size);
  for (std::size_t n = 0; n < size; ++n) {
    const double angle = kTau * static_cast<double>(n) / static_cast<double>(size);
    window_[n] = static_cast<float>(scale * (0.5 - 0.5 * std::cos(angle)));
    if (n >= size / 2) continue;
    twiddles_[2 * n] = static_cast<float>(std::cos(angle));
    twiddles_[2 * n + 1] = static_cast<float>(-std::sin(angle));
  }
}

}  // namespace kinetone::music
