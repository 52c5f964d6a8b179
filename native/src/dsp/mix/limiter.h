// Look-ahead true-peak limiter, stereo-linked. The gain is a running minimum smoothed by two box averages in integers: it
// reaches what a peak needs before the peak, never overshoots, and is exactly 1 when nothing has to be limited.
#pragma once

#include <cstdint>
#include <vector>

#include "dsp/mix/true_peak.h"

namespace kinetone::dsp {

class Limiter {
 public:
  // latency_frames: at least 48; the output is that late. ceiling_db: dBTP.
  void Init(float rate, int latency_frames, float ceiling_db);
  // Interleaved stereo in place, any number of frames.
  void Process(float* samples, int frames);
  // Moves the ceiling to ceiling_db (dBTP, held in -60..0) within 15 ms and without a click, for what comes in from now
  // on. Audio thread, between calls of Process; any block size gives the same samples.
  void SetCeiling(float ceiling_db);
  int latency_frames() const { return latency_; }
  // The strongest reduction since the last call, in dB (0 = none).
  float TakeReductionDb();

 private:
  // Nothing is limited, nothing was for as long as it is felt, and the ceiling stands.
  bool IsAtRest() const;
  // Frames of which none is limited, from rest to rest.
  void Delay(float* samples, int frames);
  void ProcessFrame(float required_gain, float* frame);
  float NextCeiling();
  float RunningMinimum(float gain);
  float Smooth(float gain);

  int latency_ = 0;
  float rate_ = 48000.0f;
  float ceiling_ = 1.0f, wanted_ceiling_ = 1.0f, ceiling_step_ = 0.0f;
  int ceiling_frames_left_ = 0;
  float release_keep_ = 0.0f, least_gain_ = 1.0f;
  float reduction_ = 0.0f;  // 1 - gain: near 0 a float is fine enough to fall all the way
  TruePeak peaks_[2];

  // Monotonic queue of the minimum: values rise from its head, each with the time it leaves.
  struct Entry {
    float gain;
    std::int64_t leaves;
  };
  std::vector<Entry> queue_;
  std::size_t queue_head_ = 0, queue_size_ = 0;
  std::int64_t now_ = 0;
  int window_ = 0;

  int box_ = 0;
  std::vector<std::int64_t> first_, second_;  // rings of the two averages
  std::int64_t first_sum_ = 0, second_sum_ = 0, full_ = 0;
  std::size_t box_head_ = 0;

  std::vector<float> delay_;  // interleaved ring of latency_ frames
  std::size_t delay_head_ = 0;
};

}  // namespace kinetone::dsp
