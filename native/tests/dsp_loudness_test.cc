// The loudness meter against the signals of EBU Tech 3341, made here.
#include <cmath>
#include <utility>
#include <vector>

#include "dsp/mix/loudness.h"
#include "dsp_spectrum.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

using Steps = std::vector<std::pair<double, double>>;  // seconds, dBFS peak of a 1 kHz stereo sine

void PushTone(dsp::LoudnessMeter& meter, const Steps& steps, double rate, int channels = 2) {
  double phase = 0;
  for (const auto& [seconds, level_db] : steps) {
    const auto frames = static_cast<std::size_t>(seconds * rate);
    const double amplitude = std::pow(10.0, level_db / 20);
    std::vector<float> samples(frames * static_cast<std::size_t>(channels));
    for (std::size_t i = 0; i < frames; ++i) {
      const auto x = static_cast<float>(amplitude * std::sin(test::kTau * phase));
      phase += 1000.0 / rate;
      for (int c = 0; c < channels; ++c) samples[i * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c)] = x;
    }
    meter.Push(samples.data(), frames);
  }
}

double Integrated(const Steps& steps, double rate = 48000) {
  dsp::LoudnessMeter meter;
  meter.Init(rate, 2);
  PushTone(meter, steps, rate);
  return meter.IntegratedLufs();
}

}  // namespace

TEST_CASE("dsp loudness: the integrated cases 1 to 5 of EBU Tech 3341 read within 0.1 LU") {
  CHECK(std::fabs(Integrated({{20, -23}}) + 23) < 0.1);
  CHECK(std::fabs(Integrated({{20, -33}}) + 33) < 0.1);
  CHECK(std::fabs(Integrated({{10, -36}, {60, -23}, {10, -36}}) + 23) < 0.1);
  CHECK(std::fabs(Integrated({{10, -72}, {10, -36}, {60, -23}, {10, -36}, {10, -72}}) + 23) < 0.1);
  CHECK(std::fabs(Integrated({{20, -26}, {20.1, -20}, {20, -26}}) + 23) < 0.1);
}

TEST_CASE("dsp loudness: the filters are right at other rates too") {
  for (double rate : {44100.0, 88200.0, 96000.0, 192000.0, 22050.0}) CHECK(std::fabs(Integrated({{20, -23}}, rate) + 23) < 0.1);
}

TEST_CASE("dsp loudness: momentary and short-term look back 400 ms and 3 s") {
  dsp::LoudnessMeter meter;
  meter.Init(48000, 2);
  PushTone(meter, {{5, -23}}, 48000);
  CHECK(std::fabs(meter.MomentaryLufs() + 23) < 0.1);
  CHECK(std::fabs(meter.ShortTermLufs() + 23) < 0.1);
  PushTone(meter, {{0.4, -43}}, 48000);
  CHECK(std::fabs(meter.MomentaryLufs() + 43) < 0.6);
  CHECK(meter.ShortTermLufs() > -24);
}

TEST_CASE("dsp loudness: surround channels weigh 1.5 dB more, LFE nothing") {
  dsp::LoudnessMeter meter;
  meter.Init(48000, 6);
  std::vector<float> samples(6 * 96000, 0.0f);
  for (std::size_t i = 0; i < 96000; ++i) samples[6 * i + 4] = static_cast<float>(0.1 * std::sin(test::kTau * 1000 * static_cast<double>(i) / 48000));
  meter.Push(samples.data(), 96000);
  // One channel at -20 dBFS peak is -23.0 LUFS on a front channel; +1.5 dB on a surround one.
  CHECK(std::fabs(meter.IntegratedLufs() - (-20 - 3.01 + 1.49)) < 0.1);
  dsp::LoudnessMeter lfe;
  lfe.Init(48000, 6);
  for (std::size_t i = 0; i < 96000; ++i) std::swap(samples[6 * i + 3], samples[6 * i + 4]);
  lfe.Push(samples.data(), 96000);
  CHECK(lfe.IntegratedLufs() == -std::numeric_limits<double>::infinity());
}

TEST_CASE("dsp loudness: silence has no loudness and no peak") {
  dsp::LoudnessMeter meter;
  meter.Init(48000, 2);
  CHECK(std::isinf(meter.IntegratedLufs()));
  const std::vector<float> nothing(2 * 96000, 0.0f);
  meter.Push(nothing.data(), 96000);
  CHECK(std::isinf(meter.IntegratedLufs()));
  CHECK(std::isinf(meter.MomentaryLufs()));
  CHECK(std::isinf(meter.TruePeakDb()));
}
