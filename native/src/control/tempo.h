// Which tempo the clock should run at: the bpm parameter, or for a tempo that follows motion, the parameter scaled by the
// motion of the last seconds, in steps of 4 bpm with hysteresis. Changes are taken over on beats only.
#pragma once

#include "control/mapping.h"
#include "dsp/math.h"

namespace kinetone::control {

class Tempo {
 public:
  void Init(float ticks_per_second) {
    keep_ = dsp::DecayPerStep(kMotionSeconds * ticks_per_second);
    motion_ = 0.0f;
    step_ = 0;
  }

  // Once per tick. motion: fraction of the diagonal per second.
  void Follow(float motion) { motion_ = motion + (motion_ - motion) * keep_; }

  // The tempo to take over on a beat.
  int OnBeat(TempoSource source, float bpm_parameter) {
    int bpm = dsp::RoundToInt(bpm_parameter);
    if (source == TempoSource::kMotion) {
      // The square root spreads everyday motion (0.01 to 0.3) over the range; the parameter is its middle.
      const float scaled = __builtin_sqrtf(dsp::Clamp(motion_ / kFullMotion, 0.0f, 1.0f)) - 0.5f;
      const float position = scaled * kSpan * bpm_parameter / kStepBpm;
      const float offset = position - static_cast<float>(step_);
      if (offset > 0.7f || offset < -0.7f) step_ = dsp::RoundToInt(position);
      bpm += step_ * static_cast<int>(kStepBpm);
    }
    return dsp::Clamp(bpm, 40, 240);
  }

 private:
  static constexpr float kMotionSeconds = 3.0f;
  static constexpr float kFullMotion = 0.5f;
  static constexpr float kSpan = 0.4f;  // of the bpm parameter, from still to full motion
  static constexpr float kStepBpm = 4.0f;

  float keep_ = 0.0f, motion_ = 0.0f;
  int step_ = 0;
};

}  // namespace kinetone::control
