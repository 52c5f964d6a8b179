// The peak between samples: four times oversampling by a polyphase interpolator. Source: ITU-R BS.1770-4, annex 2 (with a
// longer Kaiser-windowed filter of our own, which under-reads less near Nyquist than the table's twelve taps).
#pragma once

#include <array>

namespace kinetone::dsp {

inline constexpr int kTruePeakTaps = 24;
inline constexpr int kTruePeakPhases = 4;
// The interpolated points lie around the sample this many frames back.
inline constexpr int kTruePeakDelay = kTruePeakTaps / 2;

class TruePeak {
 public:
  void Init();
  // The largest magnitude of the input between the sample kTruePeakDelay back and its successor, both included.
  float Process(float x);

 private:
  using Phases = std::array<std::array<float, kTruePeakTaps>, kTruePeakPhases - 1>;
  static const Phases& Coefficients();

  const Phases* coefficients_ = nullptr;
  // Written twice, so that the newest taps always lie in one piece.
  std::array<float, 2 * kTruePeakTaps> history_{};
  int head_ = 0;
};

}  // namespace kinetone::dsp
