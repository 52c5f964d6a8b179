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
    if (target == increment_) {
      RenderSteady(line);
    } else {
      RenderGliding(target, line);
    }
    increment_ = target;
    std::memcpy(carry_, line + kBlockFrames, sizeof carry_);
    for (int i = 0; i < kBlockFrames; ++i) out[i] += gain * line[i];
  }

 private:
  static float ValueAt(std::uint32_t phase) { return static_cast<float>(static_cast<std::int32_t>(phase ^ 0x80000000u)) * (1.0f / 2147483648.0f); }

  // One pitch throughout: the ramp in a loop without branches, then the few jumps, found by division.
  void RenderSteady(float* line) {
    const std::uint32_t start = phase_, increment = increment_;
    for (std::uint32_t i = 0; i < kBlockFrames; ++i) line[i + kBlepHalfTaps] += ValueAt(start + increment * (i + 1));
    const BlepTable& blep = BlepTable::Shared();
    std::uint64_t phase = start;
    for (;;) {
      const std::uint64_t steps = increment == 0 ? kBlockFrames + 1 : ((1ull << 32) - (phase & 0xffffffffu) + increment - 1) / increment;
      phase += steps * increment;
      const std::uint64_t frame = increment == 0 ? kBlockFrames : (phase - start) / increment - 1;
      if (frame >= kBlockFrames) break;
      blep.Add(static_cast<float>(static_cast<std::uint32_t>(phase)) / static_cast<float>(increment), -2.0f, line + frame);
    }
    phase_ = start + increment * kBlockFrames;
  }

  void RenderGliding(std::uint32_t target, float* line) {
    const std::int32_t slope = static_cast<std::int32_t>(target - increment_) / kBlockFrames;
    const BlepTable& blep = BlepTable::Shared();
    std::uint32_t phase = phase_, increment = increment_;
    for (int i = 0; i < kBlockFrames; ++i) {
      increment += static_cast<std::uint32_t>(slope);
      phase += increment;
      line[i + kBlepHalfTaps] += ValueAt(phase);
      if (phase < increment) blep.Add(static_cast<float>(phase) / static_cast<float>(increment), -2.0f, line + i);
    }
    phase_ = phase;
  }

  std::uint32_t phase_ = 0;
  std::uint32_t increment_ = 0;
  float carry_[kBlepTaps] = {};
};

}  // namespace kinetone::dsp
