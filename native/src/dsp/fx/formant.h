// A sung vowel: three resonances that wander slowly between "oo" and "ah". Stereo.
// Source: formant frequencies after Peterson and Barney, JASA 1952 (mean of voices, rounded).
#pragma once

#include "dsp/block.h"
#include "dsp/filter/svf.h"

namespace kinetone::dsp {

class Formant {
 public:
  void Init(float rate) {
    rate_ = rate;
    phase_ = amount_ = 0.0f;
    for (auto& channel : filters_) {
      for (Svf& filter : channel) filter.Init();
    }
  }

  // Interleaved stereo in place; amount 0 (unchanged) .. 1 (vowel only).
  void Process(float* samples, float amount) {
    if (amount == 0.0f && amount_ == 0.0f) return;
    phase_ += kHz * kBlockFrames / rate_;
    phase_ -= phase_ >= 1.0f ? 1.0f : 0.0f;
    const float open = 0.5f + 0.5f * SinCycles(phase_);
    SvfCoefficients c[3];
    for (int f = 0; f < 3; ++f) c[f] = SvfCoefficients::Of(WarpedCutoff(Lerp(kClosedHz[f], kOpenHz[f], open), rate_), 0.13f);
    const float step = (amount - amount_) / kBlockFrames;
    for (int i = 0; i < kBlockFrames; ++i) {
      amount_ += step;
      for (int channel = 0; channel < 2; ++channel) {
        float& x = samples[2 * i + channel];
        float vowel = 0.0f;
        for (int f = 0; f < 3; ++f) vowel += kGains[f] * filters_[channel][f].BandPass(x, c[f]);
        x += amount_ * (vowel - x);
      }
    }
    amount_ = amount;
  }

 private:
  static constexpr float kHz = 0.09f;
  static constexpr float kClosedHz[3] = {330.0f, 780.0f, 2350.0f};
  static constexpr float kOpenHz[3] = {720.0f, 1150.0f, 2600.0f};
  static constexpr float kGains[3] = {2.2f, 1.7f, 1.3f};

  float rate_ = 48000.0f, phase_ = 0.0f, amount_ = 0.0f;
  Svf filters_[2][3];
};

}  // namespace kinetone::dsp
