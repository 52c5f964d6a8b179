// The residual of a band-limited step: what has to be added around a jump so that it does not alias.
// Source: Brandt, "Hard sync without aliasing", ICMC 2001 (linear-phase form); Kaiser-windowed sinc, integrated.
#pragma once

#include <array>
#include <cstddef>

namespace kinetone::dsp {

// Samples before and after the jump that the residual touches. Also the oscillator's delay.
inline constexpr int kBlepHalfTaps = 12;
inline constexpr int kBlepTaps = 2 * kBlepHalfTaps;
inline constexpr int kBlepPhases = 128;

class BlepTable {
 public:
  BlepTable();
  // Adds height * residual for a jump that happened `fraction` samples (0 <= fraction < 1) before the sample that stands
  // at out[kBlepHalfTaps]; out[0 .. kBlepTaps) are touched.
  void Add(float fraction, float height, float* out) const {
    const float position = fraction * kBlepPhases;
    const auto phase = static_cast<std::size_t>(position);
    const float blend = position - static_cast<float>(phase);
    const float* a = table_[phase].data();
    const float* b = table_[phase + 1].data();
    for (int tap = 0; tap < kBlepTaps; ++tap) out[tap] += height * (a[tap] + (b[tap] - a[tap]) * blend);
  }

  static const BlepTable& Shared();

 private:
  std::array<std::array<float, kBlepTaps>, kBlepPhases + 1> table_;
};

}  // namespace kinetone::dsp
