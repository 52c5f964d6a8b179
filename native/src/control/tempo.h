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
    has_step_ = false;
  }

  // Once per tick. motion: fraction of the diagonal per second.
  void Follow(float motion) { motion_ = motion + (motion_ - motion) * keep_; }

  // The tempo to take over on a beat.
  int OnBeat(TempoSource source, float bpm_parameter) {
    int bpm = dsp::RoundToInt(bpm_parameter);
    if (source == TempoSource::kMotion) {
      // The square root spreads everyday motion (0.01 to 0.3) over the range; the parameter is its middle.
      const float scaled = dsp::Sqrt(dsp::Clamp(motion_ / kFullMotion, 0.0f, 1.0f)) - 0.5f;
      const float position = scaled * kSpan * bpm_parameter / kStepBpm;
      const float offset = position - static_cast<float>(step_);
      // One step a beat: a tempo that leaps is a mistake, one that leans forward is music.
      if (!has_step_) {
        step_ = dsp::RoundToInt(position);
      } else if (offset > 0.7f || offset < -0.7f) {
        step_ += offset > 0.0f ? 1 : -1;
      }
      has_step_ = true;
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
  bool has_step_ = false;
};

}  // namespace kinetone::control
