// The last thing before the device: soft start, volume, stop and panic as one gain. At full volume it is exactly 1, so that
// what is heard is what was rendered. Audio thread.
#pragma once

#include <cstddef>

#include "dsp/math.h"

namespace kinetone::audio {

class OutputStage {
 public:
  static constexpr float kPanicSeconds = 0.005f, kStopSeconds = 0.018f;

  void Init(float rate) {
    rate_ = rate;
    keep_ = dsp::DecayPerStep(0.01f * rate);
    soft_ratio_ = dsp::Exp2(3.32192809f / (kSoftSeconds * rate));  // 20 dB
    gate_ = 0.0f;
    phase_ = Phase::kOpening;
  }

  // From silence: within 5 ms to -20 dB, then to full over 200 ms.
  void Open() { phase_ = phase_ == Phase::kOpen ? Phase::kOpen : Phase::kOpening; }
  // To silence, and stays there until Open.
  void Close(float seconds) {
    phase_ = Phase::kClosing;
    close_step_ = 1.0f / (seconds * rate_);
  }
  void SetVolume(float gain) { volume_target_ = gain; }
  bool is_silent() const { return phase_ == Phase::kClosing && gate_ == 0.0f; }
  bool is_closed() const { return phase_ == Phase::kClosing; }

  void Process(float* stereo, std::size_t frames) {
    for (std::size_t i = 0; i < frames; ++i) {
      const float gain = Gate() * Volume();
      stereo[2 * i] *= gain;
      stereo[2 * i + 1] *= gain;
    }
  }

 private:
  enum class Phase { kOpening, kOpen, kClosing };
  static constexpr float kSoftSeconds = 0.2f, kFirstSeconds = 0.005f, kSoftGain = 0.1f;

  float Gate() {
    if (phase_ == Phase::kOpen) return 1.0f;
    if (phase_ == Phase::kClosing) {
      gate_ = gate_ > close_step_ ? gate_ - close_step_ : 0.0f;
      return gate_;
    }
    gate_ = gate_ < kSoftGain ? gate_ + kSoftGain / (kFirstSeconds * rate_) : gate_ * soft_ratio_;
    if (gate_ >= 1.0f) {
      gate_ = 1.0f;
      phase_ = Phase::kOpen;
    }
    return gate_;
  }

  float Volume() {
    volume_ = volume_target_ + (volume_ - volume_target_) * keep_;
    const float distance = volume_ - volume_target_;
    if (distance < 1.0e-5f && distance > -1.0e-5f) volume_ = volume_target_;
    return volume_;
  }

  float rate_ = 48000.0f, keep_ = 0.0f, soft_ratio_ = 1.0f;
  float gate_ = 0.0f, close_step_ = 1.0f;
  float volume_ = 1.0f, volume_target_ = 1.0f;
  Phase phase_ = Phase::kOpening;
};

}  // namespace kinetone::audio
