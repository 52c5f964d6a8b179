// First-order high-pass at 5 Hz over several stereo signals at once: takes away what a speaker cannot play and a limiter
// would waste headroom on. Several, because one recursion alone leaves a processor waiting.
#pragma once

#include <array>

#include "dsp/block.h"
#include "dsp/math.h"

namespace kinetone::dsp {

template <std::size_t kSignals>
class DcBlockers {
 public:
  using Signals = std::array<std::array<float, 2 * kBlockFrames>, kSignals>;

  void Init(float rate) {
    keep_ = Exp2(-9.06472028f * 5.0f / rate);
    x1_.fill(0.0f);
    y1_.fill(0.0f);
  }

  // Interleaved stereo, one block each, in place.
  void Process(Signals& signals) {
    auto x1 = x1_, y1 = y1_;
    for (std::size_t i = 0; i < kBlockFrames; ++i) {
      for (std::size_t c = 0; c < 2 * kSignals; ++c) {
        float& sample = signals[c / 2][2 * i + c % 2];
        const float y = (sample - x1[c]) + keep_ * y1[c];
        x1[c] = sample;
        y1[c] = y;
        sample = y;
      }
    }
    x1_ = x1;
    y1_ = y1;
  }

 private:
  float keep_ = 0.999f;
  std::array<float, 2 * kSignals> x1_{}, y1_{};
};

}  // namespace kinetone::dsp
