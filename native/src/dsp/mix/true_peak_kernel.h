// The interpolation of the true-peak detector (mix/true_peak.h).
#pragma once

#include "rt/dispatch.h"

namespace kinetone::dsp {

inline constexpr int kTruePeakTaps = 24;
inline constexpr int kTruePeakPhases = 4;
// Samples taken at once.
inline constexpr int kTruePeakBlock = 16;

struct TruePeakKernel {
  // Raises each of kTruePeakBlock peaks to the largest magnitude of its interpolated points. taps: (kTruePeakPhases - 1) *
  // kTruePeakTaps; window: kTruePeakBlock + kTruePeakTaps - 1 samples.
  void (*raise)(const float* taps, const float* window, float* peaks);
};
KINETONE_DISPATCH(TruePeakKernel, TruePeakKernels)

}  // namespace kinetone::dsp
