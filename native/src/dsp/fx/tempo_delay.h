// Ping-pong delay of a dotted eighth; a new tempo crosses over from the old time to the new instead of bending pitch.
#pragma once

#include "dsp/block.h"
#include "dsp/fx/delay_line.h"
#include "dsp/math.h"

namespace kinetone::dsp {

class TempoDelay {
 public:
  void Init(float rate) {
    rate_ = rate;
    // A dotted eighth at 40 bpm.
    for (DelayLine& line : lines_) line.Init(static_cast<std::size_t>(kBeats * 60.0f / 40.0f * rate) + 8);
    now_ = before_ = 0;
    blend_ = 1.0f;
    low_[0] = low_[1] = high_[0] = high_[1] = 0.0f;
    feedback_ = 0.0f;
    soften_ = 1.0f - Exp2(-9.06472028f * 3800.0f / rate);
    thin_ = 1.0f - Exp2(-9.06472028f * 220.0f / rate);
  }

  // Adds the echoes of the interleaved input to out.
  void ProcessAdd(const float* in, float* out, float bpm, float feedback) {
    const auto wanted = static_cast<std::size_t>(kBeats * 60.0f / bpm * rate_ + 0.5f);
    if (now_ == 0) now_ = before_ = wanted;
    if (wanted != now_ && blend_ >= 1.0f) {
      before_ = now_;
      now_ = wanted;
      blend_ = 0.0f;
    }
    const float blend_step = 1.0f / (kCrossSeconds * rate_);
    const float feedback_step = (feedback - feedback_) / kBlockFrames;
    for (int i = 0; i < kBlockFrames; ++i) {
      feedback_ += feedback_step;
      blend_ = Clamp(blend_ + blend_step, 0.0f, 1.0f);
      float wet[2];
      for (int channel = 0; channel < 2; ++channel) {
        const float read = Lerp(lines_[channel].Read(before_ - 1), lines_[channel].Read(now_ - 1), blend_);
        low_[channel] += soften_ * (read - low_[channel]);
        high_[channel] += thin_ * (low_[channel] - high_[channel]);
        wet[channel] = low_[channel] - high_[channel];
      }
      out[2 * i] += wet[0];
      out[2 * i + 1] += wet[1];
      // Left takes the input, right takes left's echo: from side to side.
      const float mono = 0.5f * (in[2 * i] + in[2 * i + 1]);
      lines_[0].Write(mono + feedback_ * wet[1]);
      lines_[1].Write(wet[0]);
    }
    feedback_ = feedback;
  }

 private:
  static constexpr float kBeats = 0.75f;
  static constexpr float kCrossSeconds = 0.06f;

  float rate_ = 48000.0f;
  DelayLine lines_[2];
  std::size_t now_ = 0, before_ = 0;
  float blend_ = 1.0f, feedback_ = 0.0f, soften_ = 1.0f, thin_ = 0.0f;
  float low_[2] = {}, high_[2] = {};
};

}  // namespace kinetone::dsp
