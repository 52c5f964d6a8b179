#include "dsp/mix/true_peak.h"

#include "dsp/precise_math.h"

namespace kinetone::dsp {

const TruePeak::Phases& TruePeak::Coefficients() {
  static const Phases phases = [] {
    Phases out{};
    for (int phase = 1; phase < kTruePeakPhases; ++phase) {
      double sum = 0.0;
      std::array<double, kTruePeakTaps> taps{};
      for (int tap = 0; tap < kTruePeakTaps; ++tap) {
        // Oldest tap first; the point lies phase/4 after the sample kTruePeakDelay back.
        const double t = static_cast<double>(tap - (kTruePeakTaps - 1 - kTruePeakDelay)) - static_cast<double>(phase) / kTruePeakPhases;
        taps[static_cast<std::size_t>(tap)] = precise::Sinc(t) * precise::Kaiser(t / kTruePeakDelay, 6.0);
        sum += taps[static_cast<std::size_t>(tap)];
      }
      for (int tap = 0; tap < kTruePeakTaps; ++tap) {
        out[static_cast<std::size_t>(phase - 1)][static_cast<std::size_t>(tap)] = static_cast<float>(taps[static_cast<std::size_t>(tap)] / sum);
      }
    }
    return out;
  }();
  return phases;
}

void TruePeak::Init() {
  coefficients_ = &Coefficients();
  history_.fill(0.0f);
  head_ = 0;
}

float TruePeak::Process(float x) {
  history_[static_cast<std::size_t>(head_)] = x;
  history_[static_cast<std::size_t>(head_ + kTruePeakTaps)] = x;
  head_ = head_ + 1 == kTruePeakTaps ? 0 : head_ + 1;
  const float* window = history_.data() + head_;  // oldest first
  const float centre = window[kTruePeakTaps - 1 - kTruePeakDelay];
  float peak = centre < 0.0f ? -centre : centre;
  for (const auto& phase : *coefficients_) {
    // Four running sums in a fixed order, so that vector code can do the same.
    float sums[4] = {};
    for (int tap = 0; tap < kTruePeakTaps; tap += 4) {
      for (int lane = 0; lane < 4; ++lane) sums[lane] += phase[static_cast<std::size_t>(tap + lane)] * window[tap + lane];
    }
    const float y = (sums[0] + sums[2]) + (sums[1] + sums[3]);
    const float magnitude = y < 0.0f ? -y : y;
    if (magnitude > peak) peak = magnitude;
  }
  return peak;
}

}  // namespace kinetone::dsp
