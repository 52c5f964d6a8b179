// Which note division the wobble runs at: the nearest to the wanted rate (in ratio), with a hysteresis of 4 % about each
// border, from whole notes to sixteenth triplets.
#pragma once

#include <array>
#include <cstddef>

#include "dsp/math.h"

namespace kinetone::control {

// Cycles per beat: whole, half, dotted quarter, quarter, quarter triplet, eighth, eighth triplet, sixteenth, sixteenth triplet.
inline constexpr std::array<float, 9> kDivisions{0.25f, 0.5f, 2.0f / 3.0f, 1.0f, 1.5f, 2.0f, 3.0f, 4.0f, 6.0f};
inline constexpr float kDivisionHysteresis = 1.04f;

class WobbleDivision {
 public:
  void Init() { index_ = -1; }

  // rate_hz: the wanted rate. Returns the division's index.
  int Choose(float rate_hz, int bpm) {
    const float cycles_per_beat = rate_hz * 60.0f / static_cast<float>(bpm);
    if (index_ < 0) return index_ = Nearest(cycles_per_beat);
    // Border between neighbours: their geometric mean, so compare squares.
    const float squared = cycles_per_beat * cycles_per_beat;
    constexpr float kMargin = kDivisionHysteresis * kDivisionHysteresis;
    while (index_ + 1 < kCount && squared > Border(index_) * kMargin) ++index_;
    while (index_ > 0 && squared < Border(index_ - 1) / kMargin) --index_;
    return index_;
  }

  static int Nearest(float cycles_per_beat) {
    int index = 0;
    while (index + 1 < kCount && cycles_per_beat * cycles_per_beat > Border(index)) ++index;
    return index;
  }

  static float RateHz(int index, int bpm) { return kDivisions[static_cast<std::size_t>(index)] * static_cast<float>(bpm) / 60.0f; }

 private:
  static constexpr int kCount = static_cast<int>(kDivisions.size());
  static float Border(int index) { return kDivisions[static_cast<std::size_t>(index)] * kDivisions[static_cast<std::size_t>(index + 1)]; }

  int index_ = -1;
};

}  // namespace kinetone::control
