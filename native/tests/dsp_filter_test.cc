// Filters and envelopes against their formulas.
#include <cmath>
#include <vector>

#include "dsp/env/attack_release.h"
#include "dsp/env/decay.h"
#include "dsp/filter/dc_blocker.h"
#include "dsp/filter/svf.h"
#include "dsp_spectrum.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

// Gain in dB of a filter for a sine, measured over its settled half.
template <typename Step>
double GainDb(double hz, Step&& step) {
  constexpr int kCount = 48000;
  double in = 0, out = 0;
  for (int i = 0; i < kCount; ++i) {
    const auto x = static_cast<float>(std::sin(test::kTau * hz * i / 48000.0));
    const float y = step(x);
    if (i < kCount / 2) continue;
    in += static_cast<double>(x) * static_cast<double>(x);
    out += static_cast<double>(y) * static_cast<double>(y);
  }
  return test::Db(out / in);
}

}  // namespace

TEST_CASE("dsp svf: low, band and high pass follow the analogue curves") {
  const float q = 2.0f;
  const auto c = dsp::SvfCoefficients::Of(dsp::WarpedCutoff(1000.0f, 48000.0f), 1.0f / q);
  for (double hz : {100.0, 500.0, 1000.0, 2000.0, 5000.0}) {
    // The trapezoidal rule bends the frequency axis: compare where it lands.
    const double w = std::tan(test::kTau / 2 * hz / 48000) / std::tan(test::kTau / 2 * 1000 / 48000);
    const double denominator = (1 - w * w) * (1 - w * w) + w * w / static_cast<double>(q * q);
    dsp::Svf low, band, high;
    CHECK(GainDb(hz, [&](float x) { return low.LowPass(x, c); }) == doctest::Approx(test::Db(1 / denominator)).epsilon(0.01));
    CHECK(GainDb(hz, [&](float x) { return band.BandPass(x, c); }) == doctest::Approx(test::Db(w * w / static_cast<double>(q * q) / denominator)).epsilon(0.01));
    CHECK(GainDb(hz, [&](float x) { return high.HighPass(x, c); }) == doctest::Approx(test::Db(w * w * w * w / denominator)).epsilon(0.01));
  }
}

TEST_CASE("dsp svf: it stays bounded while cutoff and resonance are thrown about every sample") {
  dsp::Svf filter;
  float peak = 0;
  for (int i = 0; i < 200000; ++i) {
    const float cutoff = 40.0f + 14000.0f * (0.5f + 0.5f * static_cast<float>(std::sin(i * 0.37)));
    const auto c = dsp::SvfCoefficients::Of(dsp::WarpedCutoff(cutoff, 48000.0f), i % 3 == 0 ? 0.1f : 1.4f);
    peak = std::max(peak, std::fabs(filter.LowPass(i % 100 < 50 ? 1.0f : -1.0f, c)));
  }
  CHECK(peak < 12.0f);
}

TEST_CASE("dsp dc blocker: a constant goes, 20 Hz stays within half a decibel, signals do not mix") {
  dsp::DcBlockers<2> blocker;
  blocker.Init(48000.0f);
  dsp::DcBlockers<2>::Signals signals;
  double out = 0;
  for (int b = 0; b < 1500; ++b) {
    for (std::size_t i = 0; i < dsp::kBlockFrames; ++i) {
      signals[0][2 * i] = 0.5f;
      signals[0][2 * i + 1] = 0.0f;
      signals[1][2 * i] = signals[1][2 * i + 1] = static_cast<float>(std::sin(test::kTau * 20 * (b * dsp::kBlockFrames + static_cast<int>(i)) / 48000.0));
    }
    blocker.Process(signals);
    for (std::size_t i = 0; i < dsp::kBlockFrames && b >= 750; ++i) out += static_cast<double>(signals[1][2 * i] * signals[1][2 * i]);
    CHECK(signals[0][1] == 0.0f);
  }
  CHECK(std::fabs(signals[0][0]) < 1e-6f);
  CHECK(test::Db(out / (750 * dsp::kBlockFrames) * 2) > -0.5);
}

TEST_CASE("dsp envelopes: a decay is at 1/e after its time, a gate rises to 63 % and never jumps") {
  dsp::Decay decay;
  decay.Trigger(1.0f, 480.0f);
  for (int i = 0; i < 480; ++i) decay.Next();
  CHECK(decay.value() == doctest::Approx(std::exp(-1.0)).epsilon(1e-3));

  dsp::AttackRelease gate;
  gate.SetTimes(100.0f, 200.0f);
  float last = 0, jump = 0;
  for (int i = 0; i < 1000; ++i) {
    if (i == 0 || i == 500) gate.Open();
    if (i == 300 || i == 530) gate.Close();
    const float now = gate.Next();
    jump = std::max(jump, std::fabs(now - last));
    if (i == 99) CHECK(now == doctest::Approx(1 - std::exp(-1.0)).epsilon(0.01));
    last = now;
  }
  CHECK(jump <= 0.01f);
}
