// What export adds to the finished mix: one static gain and a true-peak limiter. Streaming, stereo; latency_frames() late.
#pragma once

#include "dsp/math.h"
#include "dsp/mix/limiter.h"

namespace kinetone::dsp {

class Finalizer {
 public:
  void Init(float rate, float gain_db, float ceiling_db) {
    gain_ = GainOfDb(gain_db);
    limiter_.Init(rate, LatencyFor(rate), ceiling_db);
  }
  void Process(float* interleaved, int frames) {
    if (gain_ != 1.0f) {
      for (int i = 0; i < 2 * frames; ++i) interleaved[i] *= gain_;
    }
    limiter_.Process(interleaved, frames);
  }
  int latency_frames() const { return limiter_.latency_frames(); }
  float TakeReductionDb() { return limiter_.TakeReductionDb(); }

  // About 2.7 ms in whole blocks of 64.
  static int LatencyFor(float rate) {
    const int blocks = RoundToInt(rate * (1.0f / 24000.0f));
    return 64 * (blocks < 1 ? 1 : blocks);
  }

 private:
  float gain_ = 1.0f;
  Limiter limiter_;
};

}  // namespace kinetone::dsp
