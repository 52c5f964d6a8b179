// Gate envelope: rises towards 1 while open, falls towards 0 when closed, both exponentially; never jumps.
#pragma once

#include "dsp/math.h"

namespace kinetone::dsp {

class AttackRelease {
 public:
  void Init() { value_ = 0.0f; open_ = false; }
  // Times until 63 % in steps of Next().
  void SetTimes(float attack_steps, float release_steps) {
    rise_ = 1.0f - DecayPerStep(attack_steps);
    fall_ = DecayPerStep(release_steps);
  }
  void Open() { open_ = true; }
  void Close() { open_ = false; }
  float Next() {
    value_ = open_ ? value_ + rise_ * (1.0f - value_) : value_ * fall_;
    return value_;
  }
  float value() const { return value_; }
  bool open() const { return open_; }
  bool IsSilent() const { return !open_ && value_ < 1.0e-5f; }

 private:
  float value_ = 0.0f, rise_ = 1.0f, fall_ = 0.0f;
  bool open_ = false;
};

}  // namespace kinetone::dsp
