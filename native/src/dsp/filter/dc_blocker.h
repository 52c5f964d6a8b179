// First-order high-pass at 5 Hz, stereo: takes away what a speaker cannot play and a limiter would waste headroom on.
#pragma once

#include "dsp/math.h"

namespace kinetone::dsp {

class DcBlocker {
 public:
  void Init(float rate) {
    r_ = Exp2(-9.06472028f * 5.0f / rate);
    for (float& v : x1_) v = 0.0f;
    for (float& v : y1_) v = 0.0f;
  }

  // Interleaved stereo in place.
  void Process(float* samples, int frames) {
    for (int i = 0; i < frames; ++i) {
      for (int channel = 0; channel < 2; ++channel) {
        const float x = samples[2 * i + channel];
        const float y = x - x1_[channel] + r_ * y1_[channel];
        x1_[channel] = x;
        y1_[channel] = y;
        samples[2 * i + channel] = y;
      }
    }
  }

 private:
  float r_ = 0.999f;
  float x1_[2] = {}, y1_[2] = {};
};

}  // namespace kinetone::dsp
