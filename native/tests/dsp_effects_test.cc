// Reverb, delay, chorus: what goes in comes out when and as loud as it should.
#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "dsp/fx/chorus.h"
#include "dsp/fx/formant.h"
#include "dsp/fx/reverb.h"
#include "dsp/fx/tempo_delay.h"
#include "dsp_spectrum.h"
#include "rt/denormals.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

constexpr float kRate = 48000.0f;

// The response to one click on both sides, interleaved stereo.
template <typename Effect>
std::vector<float> Response(std::size_t blocks, Effect&& effect) {
  std::vector<float> out(blocks * 2 * dsp::kBlockFrames, 0.0f);
  for (std::size_t b = 0; b < blocks; ++b) {
    float in[2 * dsp::kBlockFrames] = {};
    if (b == 0) in[0] = in[1] = 1.0f;
    effect(in, out.data() + b * 2 * dsp::kBlockFrames);
  }
  return out;
}

}  // namespace

TEST_CASE("dsp reverb: once its tail is out it is silent to the bit, and wakes as if it were new") {
  const rt::ScopedFlushDenormals flush;
  auto used = std::make_unique<dsp::Reverb>(), fresh = std::make_unique<dsp::Reverb>();
  for (auto* reverb : {used.get(), fresh.get()}) {
    reverb->Init(kRate, 1.0f);
    reverb->SetDecay(0.6f);
  }
  const auto once = Response(6000, [&](const float* in, float* out) { used->ProcessAdd(in, out); });
  const auto loudest_after = [&](std::size_t frame) {
    float peak = 0;
    for (std::size_t i = 2 * frame; i < once.size(); ++i) peak = std::max(peak, std::fabs(once[i]));
    return peak;
  };
  CHECK(loudest_after(43200) > 1.0e-7f);  // 0.9 s, about -90 dB: it goes on
  CHECK(loudest_after(144000) == 0.0f);
  const auto again = Response(1000, [&](const float* in, float* out) { used->ProcessAdd(in, out); });
  CHECK(again == Response(1000, [&](const float* in, float* out) { fresh->ProcessAdd(in, out); }));
}

TEST_CASE("dsp reverb: the tail falls by 60 dB in the time asked for, within a fifth, and is different left and right") {
  for (float seconds : {0.5f, 1.0f, 2.4f}) {
    auto reverb = std::make_unique<dsp::Reverb>();
    reverb->Init(kRate, 1.0f);
    reverb->SetDecay(seconds);
    const auto tail = Response(3000, [&](const float* in, float* out) { reverb->ProcessAdd(in, out); });
    // Slope between 0.2 and 0.6 of the time (Schroeder's backward integral).
    const auto energy_from = [&](double at) {
      double sum = 0;
      for (auto i = static_cast<std::size_t>(at * 48000); i < tail.size() / 2; ++i) sum += static_cast<double>(tail[2 * i]) * static_cast<double>(tail[2 * i]);
      return test::Db(sum);
    };
    const double a = static_cast<double>(seconds) * 0.2, b = static_cast<double>(seconds) * 0.6;
    const double measured = 60 * (b - a) / (energy_from(a) - energy_from(b));
    // High frequencies are damped on purpose, so the whole falls a little faster.
    CHECK(measured > 0.7 * static_cast<double>(seconds));
    CHECK(measured < 1.2 * static_cast<double>(seconds));
    double cross = 0, left = 0, right = 0;
    for (std::size_t i = 4800; i < 24000; ++i) {
      cross += static_cast<double>(tail[2 * i]) * static_cast<double>(tail[2 * i + 1]);
      left += static_cast<double>(tail[2 * i]) * static_cast<double>(tail[2 * i]);
      right += static_cast<double>(tail[2 * i + 1]) * static_cast<double>(tail[2 * i + 1]);
    }
    CHECK(std::fabs(cross) / std::sqrt(left * right) < 0.3);
  }
}

TEST_CASE("dsp delay: echoes stand a dotted eighth apart, on alternating sides, each softer") {
  auto delay = std::make_unique<dsp::TempoDelay>();
  delay->Init(kRate);
  const auto echoes = Response(3000, [&](const float* in, float* out) { delay->ProcessAdd(in, out, 120.0f, 0.5f); });
  const std::size_t step = 18000;  // 0.75 beat at 120 bpm
  const auto peak_near = [&](std::size_t at, std::size_t channel) {
    float peak = 0;
    for (std::size_t i = at - 50; i < at + 400; ++i) peak = std::max(peak, std::fabs(echoes[2 * i + channel]));
    return peak;
  };
  CHECK(peak_near(step, 0) > 0.02f);
  CHECK(peak_near(step, 1) < 1e-4f);
  CHECK(peak_near(2 * step, 1) > 0.01f);
  CHECK(peak_near(2 * step, 0) < 1e-4f);
  CHECK(peak_near(3 * step, 0) < peak_near(step, 0));
  CHECK(peak_near(step / 2, 0) == 0.0f);
}

TEST_CASE("dsp delay: a change of tempo crosses over without a jump") {
  auto delay = std::make_unique<dsp::TempoDelay>();
  delay->Init(kRate);
  float last = 0, jump = 0;
  for (int b = 0; b < 4000; ++b) {
    float in[2 * dsp::kBlockFrames], out[2 * dsp::kBlockFrames] = {};
    for (int i = 0; i < dsp::kBlockFrames; ++i) in[2 * i] = in[2 * i + 1] = static_cast<float>(std::sin(test::kTau * 300 * (b * dsp::kBlockFrames + i) / 48000.0));
    delay->ProcessAdd(in, out, b < 2000 ? 120.0f : 131.0f, 0.4f);
    for (int i = 0; i < dsp::kBlockFrames; ++i) {
      if (b > 1500) jump = std::max(jump, std::fabs(out[2 * i] - last));
      last = out[2 * i];
    }
  }
  CHECK(jump < 0.12f);  // a 300 Hz sine with its echoes moves 0.04 to 0.1 a sample by itself
}

TEST_CASE("dsp chorus: depth 0 passes the sound bit for bit, depth 1 keeps its level and widens it") {
  auto chorus = std::make_unique<dsp::Chorus>();
  chorus->Init(kRate);
  double in_power = 0, out_power = 0, side = 0;
  for (int b = 0; b < 1500; ++b) {
    float samples[2 * dsp::kBlockFrames], before[2 * dsp::kBlockFrames];
    for (int i = 0; i < dsp::kBlockFrames; ++i) {
      const double t = (b * dsp::kBlockFrames + i) / 48000.0;
      samples[2 * i] = samples[2 * i + 1] = static_cast<float>(0.3 * std::sin(test::kTau * 441 * t) + 0.3 * std::sin(test::kTau * 1234 * t));
      before[2 * i] = before[2 * i + 1] = samples[2 * i];
    }
    chorus->Process(samples, b < 300 ? 0.0f : 1.0f);
    if (b < 300) CHECK(std::equal(samples, samples + 2 * dsp::kBlockFrames, before));
    for (int i = 0; i < dsp::kBlockFrames && b > 310; ++i) {
      in_power += static_cast<double>(before[2 * i] * before[2 * i]);
      out_power += static_cast<double>(samples[2 * i] * samples[2 * i]);
      side += static_cast<double>((samples[2 * i] - samples[2 * i + 1]) * (samples[2 * i] - samples[2 * i + 1])) / 4;
    }
  }
  CHECK(std::fabs(test::Db(out_power / in_power)) < 2.0);
  CHECK(test::Db(side / out_power) > -15.0);
}

TEST_CASE("dsp formant: the vowel has its resonances and no more") {
  auto formant = std::make_unique<dsp::Formant>();
  formant->Init(kRate);
  const auto response = [&] {
    std::vector<float> out(16384 * 2, 0.0f);
    for (std::size_t b = 0; b < 256; ++b) {
      if (b == 128) out[16384] = out[16385] = 1.0f;  // in the middle, where the window is open
      formant->Process(out.data() + b * 2 * dsp::kBlockFrames, 1.0f);
    }
    return out;
  }();
  const auto power = test::PowerSpectrum(response.data(), 16384, 2);
  const auto band = [&](double low, double high) {
    double sum = 0;
    for (auto k = static_cast<std::size_t>(low * 16384 / 48000); k < static_cast<std::size_t>(high * 16384 / 48000); ++k) sum += power[k];
    return test::Db(sum / (high - low));
  };
  CHECK(band(400, 1100) > band(1500, 2000) + 6);
  CHECK(band(2300, 2650) > band(3500, 4500) + 6);
}
