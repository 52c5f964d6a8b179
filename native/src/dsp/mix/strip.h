// One mixer strip: gain, constant-power pan, mute and solo as one pair of smoothed gains. Stereo.
#pragma once

#include "control/mapping.h"
#include "dsp/block.h"
#include "dsp/env/ramp.h"
#include "dsp/math.h"
#include "dsp/mix/pan.h"

namespace kinetone::dsp {

class Strip {
 public:
  void Init(float rate) {
    keep_ = DecayPerStep(kSmoothMs * 0.001f * rate / kBlockFrames);
    started_ = false;
  }

  // Interleaved stereo in place. silenced: muted, or another strip is soloed.
  void Process(float* samples, const control::StripSettings& settings, bool silenced) {
    const float gain = silenced ? 0.0f : GainOfDb(settings.gain_db);
    const PanGains pan = PanOf(settings.pan);
    const float left = Follow(left_.value(), gain * pan.left), right = Follow(right_.value(), gain * pan.right);
    if (!started_) {
      left_.Init(left);
      right_.Init(right);
      started_ = true;
    }
    left_.Towards(left, kBlockFrames);
    right_.Towards(right, kBlockFrames);
    float gains[2][kBlockFrames];
    left_.Fill(gains[0], kBlockFrames);
    right_.Fill(gains[1], kBlockFrames);
    for (int i = 0; i < kBlockFrames; ++i) {
      samples[2 * i] *= gains[0][i];
      samples[2 * i + 1] *= gains[1][i];
    }
    left_.Land(left);
    right_.Land(right);
  }

 private:
  static constexpr float kSmoothMs = 8.0f;

  // One step of the smoother; lands exactly once it is inaudibly near.
  float Follow(float value, float target) const {
    if (!started_) return target;
    const float next = target + (value - target) * keep_;
    const float distance = next > target ? next - target : target - next;
    return distance < 1.0e-6f ? target : next;
  }

  float keep_ = 0.0f;
  bool started_ = false;
  Ramp left_, right_;
};

}  // namespace kinetone::dsp
