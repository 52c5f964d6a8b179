// Bus compressor: feed-forward, detector on the high-passed mean square, soft knee; at amount 0 it changes nothing.
// Source: Giannoulis, Massberg, Reiss, "Digital dynamic range compressor design", JAES 2012.
#pragma once

#include "dsp/block.h"
#include "dsp/math.h"

namespace kinetone::dsp {

class Compressor {
 public:
  void Init(float rate) {
    const float steps_per_ms = rate * 0.001f / kSubBlockFrames;
    attack_ = DecayPerStep(kAttackMs * steps_per_ms);
    release_ = DecayPerStep(kReleaseMs * steps_per_ms);
    high_pass_ = 1.0f - Exp2(-9.06472028f * kDetectorLowCutHz / rate);
    low_[0] = low_[1] = reduction_db_ = 0.0f;
    gain_ = 1.0f;
  }

  // Interleaved stereo in place. amount: 0 leaves it out, 1 is 4:1.
  void Process(float* samples, float amount) {
    for (int start = 0; start < kBlockFrames; start += kSubBlockFrames) {
      const float target = GainOfDb(-NextReductionDb(samples + 2 * start, amount));
      const float from = gain_, step = (target - gain_) / kSubBlockFrames;
      for (int i = 0; i < kSubBlockFrames; ++i) {
        const float gain = from + step * static_cast<float>(i + 1);
        samples[2 * (start + i)] *= gain;
        samples[2 * (start + i) + 1] *= gain;
      }
      gain_ = target;
    }
  }

  float reduction_db() const { return reduction_db_; }

 private:
  static constexpr float kThresholdDb = -17.0f, kKneeDb = 8.0f, kFullRatio = 4.0f;
  static constexpr float kAttackMs = 18.0f, kReleaseMs = 160.0f, kDetectorLowCutHz = 90.0f;

  float NextReductionDb(const float* samples, float amount) {
    float low[2] = {low_[0], low_[1]}, sums[2] = {};
    for (int i = 0; i < kSubBlockFrames; ++i) {
      for (int channel = 0; channel < 2; ++channel) {
        low[channel] += high_pass_ * (samples[2 * i + channel] - low[channel]);
        const float x = samples[2 * i + channel] - low[channel];
        sums[channel] += x * x;
      }
    }
    low_[0] = low[0];
    low_[1] = low[1];
    const float squares = sums[0] + sums[1];
    const float level_db = 0.5f * DbOfGain(squares / (2 * kSubBlockFrames) + 1.0e-12f);
    const float over = level_db - kThresholdDb;
    const float slope = 1.0f - 1.0f / Lerp(1.0f, kFullRatio, amount);
    float wanted = 0.0f;
    if (over > 0.5f * kKneeDb) {
      wanted = slope * over;
    } else if (over > -0.5f * kKneeDb) {
      const float into_knee = over + 0.5f * kKneeDb;
      wanted = slope * into_knee * into_knee / (2.0f * kKneeDb);
    }
    reduction_db_ = wanted + (reduction_db_ - wanted) * (wanted > reduction_db_ ? attack_ : release_);
    if (reduction_db_ < 1.0e-4f) reduction_db_ = 0.0f;
    return reduction_db_;
  }

  float attack_ = 0.0f, release_ = 0.0f, high_pass_ = 0.0f;
  float low_[2] = {};
  float reduction_db_ = 0.0f, gain_ = 1.0f;
};

}  // namespace kinetone::dsp
