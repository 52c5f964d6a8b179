#include "dsp/lanes/float8.h"
#include "dsp/mix/true_peak_kernel.h"

namespace kinetone::dsp::KINETONE_SIMD {
namespace {

KINETONE_INLINE Float8 MagnitudeOf(Float8 x) { return SelectGreater(Float8::Of(0.0f), x, Float8::Of(0.0f) - x, x); }

float Magnitudes(const float* window, int first, float* magnitudes) {
  for (int i = 0; i < kTruePeakBlock; i += 8) MagnitudeOf(Float8::Load(window + first + i)).Store(magnitudes + i);
  Float8 most = MagnitudeOf(Float8::Load(window));
  for (int i = 8; i < kTruePeakWindow; i += 8) {
    const Float8 magnitude = MagnitudeOf(Float8::Load(window + i));
    most = SelectGreater(magnitude, most, magnitude, most);
  }
  alignas(32) float lanes[8];
  most.Store(lanes);
  for (int step = 4; step > 0; step /= 2) {
    for (int i = 0; i < step; ++i) lanes[i] = lanes[i + step] > lanes[i] ? lanes[i + step] : lanes[i];
  }
  return lanes[0];
}

void Raise(const float* taps, const float* window, float* peaks) {
  for (int i = 0; i < kTruePeakBlock; i += 8) {
    Float8 peak = Float8::Load(peaks + i);
    for (int phase = 0; phase < kTruePeakPhases - 1; ++phase) {
      // Tap by tap: the order of each sum does not depend on how many lanes there are.
      Float8 sum = Float8::Of(0.0f);
      for (int tap = 0; tap < kTruePeakTaps; ++tap) sum = sum + Float8::Of(taps[phase * kTruePeakTaps + tap]) * Float8::Load(window + tap + i);
      const Float8 magnitude = MagnitudeOf(sum);
      peak = SelectGreater(magnitude, peak, magnitude, peak);
    }
    peak.Store(peaks + i);
  }
}

}  // namespace

extern const TruePeakKernel kTruePeakKernels = {Magnitudes, Raise};

}  // namespace kinetone::dsp::KINETONE_SIMD
