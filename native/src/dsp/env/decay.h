// Exponential decay from a level: value *= factor per sample.
#pragma once

#include "dsp/math.h"

namespace kinetone::dsp {

class Decay {
 public:
  void Init() { value_ = 0.0f; }
  // timeSamples: until 1/e.
  void Trigger(float level, float time_samples) {
    value_ = level;
    factor_ = DecayPerStep(time_samples);
  }
  void SetTime(float time_samples) { factor_ = DecayPerStep(time_samples); }
  float Next() {
    const float now = value_;
    value_ *= factor_;
    return now;
  }
  float value() const { return value_; }

 private:
  float value_ = 0.0f, factor_ = 0.0f;
};

}  // namespace kinetone::dsp
