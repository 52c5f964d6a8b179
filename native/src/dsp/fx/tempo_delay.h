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
    float wet[2][kBlockFrames];
    for (int channel = 0; channel < 2; ++channel) Echo(channel, blend_step, wet[channel]);
    blend_ = Clamp(blend_ + blend_step * kBlockFrames, 0.0f, 1.0f);
    float left_in[kBlockFrames];
    for (int i = 0; i < kBlockFrames; ++i) {
      out[2 * i] += wet[0][i];
      out[2 * i + 1] += wet[1][i];
      // Left takes the input, right takes left's echo: from side to side.
      left_in[i] = 0.5f * (in[2 * i] + in[2 * i + 1]) + (feedback_ + feedback_step * static_cast<float>(i + 1)) * wet[1][i];
    }
    lines_[0].WriteBlock(left_in, kBlockFrames);
    lines_[1].WriteBlock(wet[0], kBlockFrames);
    feedback_ = feedback;
  }

 private:
  static constexpr float kBeats = 0.75f;
  static constexpr float kCrossSeconds = 0.06f;

  // One block of a line's echoes, between the former delay time and the present one, softened and thinned.
  void Echo(int channel, float blend_step, float* wet) {
    float before[kBlockFrames], now[kBlockFrames];
    lines_[channel].ReadBlock(before_, before, kBlockFrames);
    lines_[channel].ReadBlock(now_, now, kBlockFrames);
    float low = low_[channel], high = high_[channel];
    for (int i = 0; i < kBlockFrames; ++i) {
      const float read = Lerp(before[i], now[i], Clamp(blend_ + blend_step * static_cast<float>(i + 1), 0.0f, 1.0f));
      low += soften_ * (read - low);
      high += thin_ * (low - high);
      wet[i] = low - high;
    }
    low_[channel] = low;
    high_[channel] = high;
  }

  float rate_ = 48000.0f;
  DelayLine lines_[2];
  std::size_t now_ = 0, before_ = 0;
  float blend_ = 1.0f, feedback_ = 0.0f, soften_ = 1.0f, thin_ = 0.0f;
  float low_[2] = {}, high_[2] = {};
};

}  // namespace kinetone::dsp
