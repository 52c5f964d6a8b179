// One-pole smoother and low-pass: y += a (x - y).
#pragma once

#include "dsp/math.h"

namespace kinetone::dsp {

class OnePole {
 public:
  void Init(float value = 0.0f) { y_ = value; }
  // timeSteps: steps to reach 63 % of a jump.
  void SetTime(float time_steps) { a_ = 1.0f - DecayPerStep(time_steps); }
  // Cutoff as a fraction of the rate.
  void SetCutoff(float frequency) { a_ = 1.0f - Exp2(-9.06472028f * Clamp(frequency, 0.0f, 0.45f)); }
  float Process(float x) { return y_ += a_ * (x - y_); }
  float value() const { return y_; }

 private:
  float a_ = 1.0f, y_ = 0.0f;
};

}  // namespace kinetone::dsp
