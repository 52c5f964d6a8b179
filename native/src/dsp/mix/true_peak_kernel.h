// The interpolation of the true-peak detector (mix/true_peak.h).
#pragma once

#include "rt/dispatch.h"

namespace kinetone::dsp {

inline constexpr int kTruePeakTaps = 24;
inline constexpr int kTruePeakPhases = 4;
// Samples taken at once.
inline constexpr int kTruePeakBlock = 16;

// The last kTruePeakTaps - 1 samples, the block, and one that belongs to nobody.
inline constexpr int kTruePeakWindow = kTruePeakTaps + kTruePeakBlock;

struct TruePeakKernel {
  // The magnitudes of the kTruePeakBlock samples from `first` of a window on, into `magnitudes`. Returns the largest of the window.
  float (*magnitudes)(const float* window, int first, float* magnitudes);
  // Raises each of kTruePeakBlock peaks to the largest magnitude of its interpolated points. taps: (kTruePeakPhases - 1) *
  // kTruePeakTaps; window: kTruePeakWindow samples.
  void (*raise)(const float* taps, const float* window, float* peaks);
};
KINETONE_DISPATCH(TruePeakKernel, TruePeakKernels)

}  // namespace kinetone::dsp
