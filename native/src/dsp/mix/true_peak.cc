#include "dsp/mix/true_peak.h"

#include <cstring>

#include "dsp/precise_math.h"

namespace kinetone::dsp {
namespace {

float Magnitude(float x) { return x < 0.0f ? -x : x; }

}  // namespace

const TruePeak::Table& TruePeak::Coefficients() {
  static const Table table = [] {
    Table out{};
    for (int phase = 1; phase < kTruePeakPhases; ++phase) {
      double sum = 0.0;
      std::array<double, kTruePeakTaps> taps{};
      for (int tap = 0; tap < kTruePeakTaps; ++tap) {
        // Oldest tap first; the point lies phase/4 after the sample kTruePeakDelay back.
        const double t = static_cast<double>(tap - (kTruePeakTaps - 1 - kTruePeakDelay)) - static_cast<double>(phase) / kTruePeakPhases;
        taps[static_cast<std::size_t>(tap)] = precise::Sinc(t) * precise::Kaiser(t / kTruePeakDelay, 6.0);
        sum += taps[static_cast<std::size_t>(tap)];
      }
      float most = 0.0f;
      for (std::size_t tap = 0; tap < kTruePeakTaps; ++tap) {
        const auto value = static_cast<float>(taps[tap] / sum);
        out.phases[static_cast<std::size_t>(phase - 1)][tap] = value;
        most += Magnitude(value);
      }
      if (most > out.most) out.most = most;
    }
    return out;
  }();
  return table;
}

void TruePeak::Init() {
  table_ = &Coefficients();
  window_.fill(0.0f);
}

void TruePeak::Process(const float* x, std::size_t stride, int count, float enough, float* peaks) {
  constexpr int kPast = kTruePeakTaps - 1;
  float* window = window_.data();
  for (int i = 0; i < count; ++i) window[kPast + i] = x[static_cast<std::size_t>(i) * stride];
  // What is left of a longer block does no harm: it can only make the bound too careful.
  alignas(32) float raised[kTruePeakBlock];
  const TruePeakKernel& kernels = TruePeakKernels();
  if (!(kernels.magnitudes(window, kPast - kTruePeakDelay, raised) * table_->most < enough)) kernels.raise(table_->phases[0].data(), window, raised);
  for (int i = 0; i < count; ++i) peaks[i] = raised[i];
  std::memmove(window, window + count, kPast * sizeof(float));
}

}  // namespace kinetone::dsp
