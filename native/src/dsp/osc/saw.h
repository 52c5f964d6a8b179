// A rising saw in -1..1, band-limited by step residuals; kBlepHalfTaps samples late. Phase is 32-bit fixed point: no drift.
#pragma once

#include <cstdint>
#include <cstring>

#include "dsp/block.h"
#include "dsp/osc/blep_table.h"

namespace kinetone::dsp {

class Saw {
 public:
  // phase in cycles, 0..1.
  void Init(float phase = 0.0f) {
    phase_ = static_cast<std::uint32_t>(static_cast<double>(phase) * 4294967296.0);
    increment_ = 0;
    std::memset(carry_, 0, sizeof carry_);
  }

  // Adds gain * saw to out[0 .. kBlockFrames). frequency: cycles per sample, below 0.5, reached at the block's end.
  void RenderAdd(float frequency, float gain, float* out) {
    float line[kBlockFrames + kBlepTaps] = {};
    std::memcpy(line, carry_, sizeof carry_);
    const auto target = static_cast<std::uint32_t>(frequency * 4294967296.0f);
    if (increment_ == 0) increment_ = target;
    const std::int32_t slope = static_cast<std::int32_t>(target - increment_) / kBlockFrames;
    const BlepTable& blep = BlepTable::Shared();
    std::uint32_t phase = phase_;
    std::uint32_t increment = increment_;
    for (int i = 0; i < kBlockFrames; ++i) {
      increment += static_cast<std::uint32_t>(slope);
      phase += increment;
      line[i + kBlepHalfTaps] += static_cast<float>(static_cast<std::int32_t>(phase ^ 0x80000000u)) * (1.0f / 2147483648.0f);
      if (phase < increment) {
        blep.Add(static_cast<float>(phase) / static_cast<float>(increment), -2.0f, line + i);
      }
    }
    phase_ = phase;
    increment_ = target;
    std::memcpy(carry_, line + kBlockFrames, sizeof carry_);
    for (int i = 0; i < kBlockFrames; ++i) out[i] += gain * line[i];
  }

 private:
  std::uint32_t phase_ = 0;
  std::uint32_t increment_ = 0;
  float carry_[kBlepTaps] = {};
};

}  // namespace kinetone::dsp
