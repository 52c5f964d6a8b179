#include "dsp/osc/blep_table.h"

#include <vector>

#include "dsp/precise_math.h"

namespace kinetone::dsp {
namespace {

// Transition from 16 kHz to 32 kHz at a rate of 48 kHz: what folds back lands above 16 kHz.
constexpr double kCutoff = 0.94;  // of Nyquist
constexpr double kKaiserBeta = 9.0;
constexpr int kIntegrationSteps = 8;  // per table phase

}  // namespace

BlepTable::BlepTable() {
  // Integrate the windowed sinc finely over the whole support, then read the step at each phase and tap.
  constexpr int kFine = kBlepPhases * kIntegrationSteps;
  constexpr int kCount = kBlepTaps * kFine;
  std::vector<double> step(kCount + 1, 0.0);
  const auto impulse = [](int index) {
    const double t = static_cast<double>(index) / kFine - kBlepHalfTaps;
    return kCutoff * precise::Sinc(kCutoff * t) * precise::Kaiser(t / kBlepHalfTaps, kKaiserBeta);
  };
  // Symmetric about its middle, and dear: half of it is enough.
  std::vector<double> impulses(kCount + 1);
  for (int index = 0; index <= kCount / 2; ++index) {
    impulses[static_cast<std::size_t>(index)] = impulses[static_cast<std::size_t>(kCount - index)] = impulse(index);
  }
  for (std::size_t index = 1; index <= kCount; ++index) step[index] = step[index - 1] + 0.5 * (impulses[index - 1] + impulses[index]);
  const double total = step.back();
  for (int phase = 0; phase <= kBlepPhases; ++phase) {
    for (int tap = 0; tap < kBlepTaps; ++tap) {
      const int index = tap * kFine + phase * kIntegrationSteps;
      const double time = static_cast<double>(index) / kFine - kBlepHalfTaps;
      const double ideal = time < 0.0 ? 0.0 : 1.0;
      rows[phase][tap] = static_cast<float>(step[static_cast<std::size_t>(index)] / total - ideal);
    }
  }
  // The last phase is the limit from below: its tap at time 0 still belongs to the time before the jump's sample.
  rows[kBlepPhases][kBlepHalfTaps - 1] += 1.0f;
}

const BlepTable& BlepTable::Shared() {
  static const BlepTable table;
  return table;
}

}  // namespace kinetone::dsp
