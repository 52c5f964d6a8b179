// Loudness meter: K-weighting, momentary, short-term, gated integrated loudness and true peak, streaming.
// Source: ITU-R BS.1770-4 (filters, gates, channel weights), EBU Tech 3341 (time scales). Allocates while measuring.
#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <vector>

#include "dsp/mix/true_peak.h"

namespace kinetone::dsp {

inline constexpr int kMaxLoudnessChannels = 6;
// What a measure returns when there is nothing above the absolute gate.
inline constexpr double kSilenceLufs = -std::numeric_limits<double>::infinity();

class LoudnessMeter {
 public:
  // channels: 1..6, in the order L R C LFE Ls Rs.
  void Init(double rate, int channels);
  void Push(const float* interleaved, std::size_t frames);
  double IntegratedLufs() const;
  double ShortTermLufs() const { return LoudnessOfLast(30); }  // 3 s
  double MomentaryLufs() const { return LoudnessOfLast(4); }   // 400 ms
  double TruePeakDb() const;

 private:
  struct Biquad {
    double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
  };
  struct State {
    double s1 = 0, s2 = 0;
  };

  static double Filter(double x, const Biquad& filter, State& state);
  double LoudnessOfLast(std::size_t tenths) const;
  void FinishTenth();
  // Up to the end of the tenth. kChannels: 0 for as many as there are.
  template <int kChannels>
  void AddEnergy(const float* interleaved, std::size_t frames);
  void PushPeaks(const float* interleaved, std::size_t frames);

  int channels_ = 2;
  std::size_t frames_per_tenth_ = 4800, frames_in_tenth_ = 0;
  Biquad shelf_, high_pass_;
  std::array<State, kMaxLoudnessChannels> shelf_states_{}, high_pass_states_{};
  double energy_ = 0.0;            // of the tenth of a second being filled, channel-weighted sum of squares
  std::vector<double> tenths_;     // mean square of each finished tenth of a second
  std::array<TruePeak, kMaxLoudnessChannels> peaks_;
  float peak_ = 0.0f;
};

}  // namespace kinetone::dsp
