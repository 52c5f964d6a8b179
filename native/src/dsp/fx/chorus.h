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
  }

  // Interleaved stereo in place; depth 0..1.
  void Process(float* samples, float depth) {
    const float step = (depth - depth_) / kBlockFrames;
    const float increment = kHz / rate_;
    for (int i = 0; i < kBlockFrames; ++i) {
      depth_ += step;
      phase_ += increment;
      phase_ -= phase_ >= 1.0f ? 1.0f : 0.0f;
      const float swing = SinCycles(phase_), quarter = CosCycles(phase_);
      for (int channel = 0; channel < 2; ++channel) {
        const float x = samples[2 * i + channel];
        lines_[channel].Write(x);
        const float side = channel == 0 ? 1.0f : -1.0f;
        const float a = lines_[channel].ReadBetween((kCentreMs + kSwingMs * side * swing) * 0.001f * rate_);
        const float b = lines_[channel].ReadBetween((1.6f * kCentreMs + kSwingMs * side * quarter) * 0.001f * rate_);
        samples[2 * i + channel] = x + depth_ * (0.5f * (a - b) - 0.25f * x);
      }
    }
    depth_ = depth;
  }

 private:
  static constexpr float kHz = 0.43f, kCentreMs = 9.0f, kSwingMs = 2.2f;

  float rate_ = 48000.0f, phase_ = 0.0f, depth_ = 0.0f;
  DelayLine lines_[2];
};

}  // namespace kinetone::dsp
