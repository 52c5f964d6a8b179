// Stereo ensemble: two slowly moving taps a side, in opposite phase left and right. Depth 0 passes the sound unchanged.
#pragma once

#include "dsp/block.h"
#include "dsp/fx/delay_line.h"
#include "dsp/math.h"

namespace kinetone::dsp {

class Chorus {
 public:
  void Init(float rate) {
    rate_ = rate;
    for (DelayLine& line : lines_) line.Init(static_cast<std::size_t>(0.03f * rate));
    phase_ = depth_ = 0.0f;
    for (int tap = 0; tap < kTaps; ++tap) taps_[tap] = TapDelay(tap);
  }

  // Interleaved stereo in place; depth 0..1.
  void Process(float* samples, float depth) {
    const float step = (depth - depth_) / kBlockFrames;
    for (int start = 0; start < kBlockFrames; start += kSubBlockFrames) {
      phase_ += kHz * kSubBlockFrames / rate_;
      phase_ -= phase_ >= 1.0f ? 1.0f : 0.0f;
      // The taps move so slowly that a straight line is their curve.
      float from[kTaps], taps[kTaps];
      for (int tap = 0; tap < kTaps; ++tap) {
        from[tap] = taps_[tap];
        taps_[tap] = TapDelay(tap);
        taps[tap] = (taps_[tap] - from[tap]) / kSubBlockFrames;
      }
      for (int i = start; i < start + kSubBlockFrames; ++i) {
        depth_ += step;
        const auto n = static_cast<float>(i - start + 1);
        for (int channel = 0; channel < 2; ++channel) {
          const float x = samples[2 * i + channel];
          lines_[channel].Write(x);
          const float a = lines_[channel].ReadBetween(from[2 * channel] + taps[2 * channel] * n);
          const float b = lines_[channel].ReadBetween(from[2 * channel + 1] + taps[2 * channel + 1] * n);
          samples[2 * i + channel] = x + depth_ * (0.5f * (a - b) - 0.25f * x);
        }
      }
    }
    depth_ = depth;
  }

 private:
  static constexpr float kHz = 0.43f, kCentreMs = 9.0f, kSwingMs = 2.2f;
  static constexpr int kTaps = 4;  // two left, two right

  // In samples, at the present phase.
  float TapDelay(int tap) const {
    const float side = tap < 2 ? 1.0f : -1.0f;
    const float swing = tap % 2 == 0 ? SinCycles(phase_) : CosCycles(phase_);
    return ((tap % 2 == 0 ? 1.0f : 1.6f) * kCentreMs + kSwingMs * side * swing) * 0.001f * rate_;
  }

  float rate_ = 48000.0f, phase_ = 0.0f, depth_ = 0.0f;
  float taps_[kTaps] = {};
  DelayLine lines_[2];
};

}  // namespace kinetone::dsp
