// A control value that reaches each new target in a straight line over one stretch of samples: no parameter may jump.
#pragma once

namespace kinetone::dsp {

class Ramp {
 public:
  void Init(float value) { value_ = value; step_ = 0.0f; }
  void Towards(float target, int samples) { step_ = (target - value_) / static_cast<float>(samples); }
  float Next() { return value_ += step_; }
  // The next values of the stretch at once.
  void Fill(float* out, int count) {
    for (int i = 0; i < count; ++i) out[i] = value_ + step_ * static_cast<float>(i + 1);
    value_ = out[count - 1];
  }
  // Ends the stretch on the exact target, so that rounding never accumulates.
  void Land(float target) {
    value_ = target;
    step_ = 0.0f;
  }
  float value() const { return value_; }

 private:
  float value_ = 0.0f, step_ = 0.0f;
};

}  // namespace kinetone::dsp
