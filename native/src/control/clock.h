// The musical clock: samples to beats and back, counted from an anchor so that ten hours do not drift; a tempo change
// moves the anchor and never the beat. Audio thread; no allocation.
#pragma once

#include <cstdint>

namespace kinetone::control {

inline constexpr double kBeatsPerBar = 4.0;
inline constexpr int kStepsPerBeat = 4;
inline constexpr int kStepsPerBar = 16;

class Clock {
 public:
  void Init(double rate, int bpm) {
    rate_ = rate;
    bpm_ = bpm;
    anchor_sample_ = 0;
    anchor_beat_ = 0.0;
    beats_per_sample_ = bpm / (60.0 * rate);
  }

  void SetBpm(int bpm, std::int64_t at_sample) {
    if (bpm == bpm_) return;
    anchor_beat_ = BeatAt(at_sample);
    anchor_sample_ = at_sample;
    bpm_ = bpm;
    beats_per_sample_ = bpm / (60.0 * rate_);
  }

  double BeatAt(std::int64_t sample) const {
    return anchor_beat_ + static_cast<double>(sample - anchor_sample_) * beats_per_sample_;
  }
  // The sample nearest to a beat, at the present tempo.
  std::int64_t SampleAt(double beat) const {
    const double samples = (beat - anchor_beat_) / beats_per_sample_;
    return anchor_sample_ + static_cast<std::int64_t>(samples + (samples >= 0.0 ? 0.5 : -0.5));
  }

  int bpm() const { return bpm_; }
  double beats_per_sample() const { return beats_per_sample_; }

 private:
  double rate_ = 48000.0;
  int bpm_ = 120;
  std::int64_t anchor_sample_ = 0;
  double anchor_beat_ = 0.0;
  double beats_per_sample_ = 0.0;
};

}  // namespace kinetone::control
