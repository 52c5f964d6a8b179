// The peak between samples: four times oversampling by a polyphase interpolator. Source: ITU-R BS.1770-4, annex 2 (with a
// longer Kaiser-windowed filter of our own, which under-reads less near Nyquist than the table's twelve taps).
#pragma once

#include <array>
#include <cstddef>

#include "dsp/mix/true_peak_kernel.h"

namespace kinetone::dsp {

// The interpolated points lie around the sample this many frames back.
inline constexpr int kTruePeakDelay = kTruePeakTaps / 2;

class TruePeak {
 public:
  void Init();
  // For each of count <= kTruePeakBlock samples the largest magnitude of the input between the sample kTruePeakDelay back
  // and its successor, both included. Where no interpolated point can reach `enough`, only the samples are looked at.
  void Process(const float* x, std::size_t stride, int count, float enough, float* peaks);

 private:
  using Phases = std::array<std::array<float, kTruePeakTaps>, kTruePeakPhases - 1>;
  struct Table {
    Phases phases;
    float most;  // an interpolated point is at most this many times the largest sample under the filter
  };
  static const Table& Coefficients();

  const Table* table_ = nullptr;
  std::array<float, kTruePeakWindow> window_{};
};

}  // namespace kinetone::dsp
