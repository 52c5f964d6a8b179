// The saw: aliasing, level, pitch.
#include <algorithm>
#include <cmath>
#include <vector>

#include "dsp/osc/saw_stack.h"
#include "dsp_spectrum.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

// One block of one saw.
void RenderBlock(dsp::SawStack& stack, double frequency, float* out) {
  const dsp::SawTone tone{static_cast<float>(frequency), 1.0f};
  dsp::SawKernels().render(stack, &tone, 1, dsp::BlepTable::Shared());
  std::copy_n(stack.line, dsp::kBlockFrames, out);
}

std::vector<float> RenderSaw(double hz, double rate, std::size_t blocks) {
  dsp::SawStack saw;
  saw.SetPhase(0, 0.1f);
  std::vector<float> out(blocks * dsp::kBlockFrames, 0.0f);
  for (std::size_t b = 0; b < blocks; ++b) RenderBlock(saw, hz / rate, out.data() + b * dsp::kBlockFrames);
  return out;
}

// The strongest line below `limit_hz` that is no harmonic, in dB against the fundamental.
double AliasDb(double hz, double rate, double limit_hz) {
  constexpr std::size_t kSize = 32768;
  const auto samples = RenderSaw(hz, rate, kSize / dsp::kBlockFrames + 16);
  const auto power = test::PowerSpectrum(samples.data() + 16 * dsp::kBlockFrames, kSize);
  const double bin_hz = rate / kSize;
  double fundamental = 0, alias = 0;
  for (std::size_t k = 8; k < power.size(); ++k) {
    const double at = static_cast<double>(k) * bin_hz;
    const double harmonic = std::round(at / hz);
    if (harmonic >= 1 && std::fabs(at - harmonic * hz) < 6 * bin_hz) {
      if (harmonic == 1) fundamental = std::max(fundamental, power[k]);
    } else if (at < limit_hz) {
      alias = std::max(alias, power[k]);
    }
  }
  return test::Db(alias) - test::Db(fundamental);
}

}  // namespace

TEST_CASE("dsp saw: between 1 and 8 kHz aliasing stays 80 dB below the fundamental under 16 kHz") {
  for (double rate : {44100.0, 48000.0, 96000.0}) {
    double worst = -200;
    for (double hz = 1000; hz <= 8000; hz *= 1.0193) worst = std::max(worst, AliasDb(hz, rate, 16000));
    MESSAGE("worst alias at " << rate << " Hz: " << worst << " dB");
    CHECK(worst < -80.0);
  }
}

TEST_CASE("dsp saw: the same holds while the pitch sweeps from 1 to 8 kHz") {
  constexpr double kRate = 48000;
  constexpr std::size_t kBlocks = 6000;  // 8 s
  dsp::SawStack saw;
  std::vector<float> out(kBlocks * dsp::kBlockFrames, 0.0f);
  const auto hz_at = [](double sample) { return 1000.0 * std::pow(8.0, sample / (kBlocks * dsp::kBlockFrames)); };
  for (std::size_t b = 0; b < kBlocks; ++b) {
    RenderBlock(saw, hz_at(static_cast<double>((b + 1) * dsp::kBlockFrames)) / kRate, out.data() + b * dsp::kBlockFrames);
  }
  constexpr std::size_t kSize = 4096;
  double worst = -200;
  for (std::size_t start = kSize; start + kSize < out.size(); start += kSize) {
    const auto power = test::PowerSpectrum(out.data() + start, kSize);
    const double low = hz_at(static_cast<double>(start)), high = hz_at(static_cast<double>(start + kSize));
    const double bin_hz = kRate / kSize;
    double fundamental = 0, alias = 0;
    for (std::size_t k = 4; k * bin_hz < 16000; ++k) {
      const double at = static_cast<double>(k) * bin_hz;
      const double harmonic = std::round(at / (0.5 * (low + high)));
      // A harmonic smears over what it sweeps through in the window.
      const bool is_harmonic = harmonic >= 1 && at > harmonic * low - 6 * bin_hz && at < harmonic * high + 6 * bin_hz;
      (is_harmonic ? fundamental : alias) = std::max(is_harmonic ? fundamental : alias, power[k]);
    }
    worst = std::max(worst, test::Db(alias) - test::Db(fundamental));
  }
  MESSAGE("worst alias in the sweep: " << worst << " dB");
  CHECK(worst < -80.0);
}

TEST_CASE("dsp saw: harmonics fall as 1/n and the pitch is exact over minutes") {
  constexpr std::size_t kSize = 65536;
  const double hz = 48000.0 * 512 / kSize;  // bin 512 exactly
  const auto samples = RenderSaw(hz, 48000, 3 * kSize / dsp::kBlockFrames);
  const auto power = test::PowerSpectrum(samples.data() + 2 * kSize, kSize);
  for (std::size_t n = 1; n <= 20; ++n) {
    CHECK(std::sqrt(power[512 * n]) == doctest::Approx(2.0 / (test::kTau / 2 * static_cast<double>(n))).epsilon(0.01));
  }
}
