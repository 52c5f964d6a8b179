// The true-peak limiter and the finalizer built on it.
#include <cmath>
#include <vector>

#include "dsp/mix/finalizer.h"
#include "dsp/mix/loudness.h"
#include "dsp/random.h"
#include "dsp_spectrum.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

constexpr float kRate = 48000.0f;

// Peak of a signal resampled 16 times by a long sinc: a reference independent of the detector's own filter.
double ReferencePeakDb(const std::vector<float>& stereo, std::size_t from, std::size_t to) {
  constexpr int kHalf = 48, kOver = 16;
  std::vector<double> taps(2 * kHalf * kOver);
  for (int phase = 0; phase < kOver; ++phase) {
    for (int tap = 0; tap < 2 * kHalf; ++tap) {
      const double t = tap - kHalf + 1 - static_cast<double>(phase) / kOver;
      const double window = 0.5 + 0.5 * std::cos(test::kTau / 2 * t / kHalf);
      taps[static_cast<std::size_t>(phase * 2 * kHalf + tap)] = (t == 0 ? 1.0 : std::sin(test::kTau / 2 * t) / (test::kTau / 2 * t)) * window;
    }
  }
  double peak = 0;
  for (std::size_t i = from; i < to; ++i) {
    for (std::size_t channel = 0; channel < 2; ++channel) {
      if (std::fabs(stereo[2 * i + channel]) < 0.5f && i % 4 != 0) continue;
      for (int phase = 0; phase < kOver; ++phase) {
        double y = 0;
        for (int tap = 0; tap < 2 * kHalf; ++tap) {
          y += taps[static_cast<std::size_t>(phase * 2 * kHalf + tap)] * static_cast<double>(stereo[2 * (i + static_cast<std::size_t>(tap) - kHalf + 1) + channel]);
        }
        peak = std::max(peak, std::fabs(y));
      }
    }
  }
  return 20 * std::log10(peak);
}

std::vector<float> Loud(int kind, std::size_t frames) {
  std::vector<float> out(2 * frames);
  dsp::Random random(7, 1, static_cast<std::uint64_t>(kind));
  double last[2] = {};
  for (std::size_t i = 0; i < frames; ++i) {
    const auto t = static_cast<double>(i);
    double l = 0, r = 0;
    if (kind == 0) l = r = 2.0 * std::sin(test::kTau * (t / 4 + 0.125));  // all of the peak lies between the samples
    if (kind == 1) {  // noise that falls towards Nyquist, as everything recorded does
      const double next[2] = {3.0 * static_cast<double>(random.Bipolar()), 3.0 * static_cast<double>(random.Bipolar())};
      l = next[0] + last[0];
      r = next[1] + last[1];
      last[0] = next[0];
      last[1] = next[1];
    }
    if (kind == 2) l = (i / 997) % 2 == 0 ? 4.0 : -4.0, r = 0.3 * l;  // square wave
    if (kind == 3) l = i % 4801 == 0 ? 8.0 : 0.0, r = -l;             // clicks
    if (kind == 4) l = 2.5 * std::sin(test::kTau * t * t / (2.0 * 48000 * 48000) * 20000), r = l * 0.5;  // sweep to 20 kHz in 1 s
    if (kind == 5) l = (i % 9600 < 40 ? 6.0 : 0.5) * std::sin(test::kTau * t * 5000 / 48000), r = l;  // bursts
    out[2 * i] = static_cast<float>(l);
    out[2 * i + 1] = static_cast<float>(r);
  }
  return out;
}

}  // namespace

TEST_CASE("dsp limiter: no signal passes -1 dBTP, measured by a finer interpolator than its own") {
  for (int kind = 0; kind < 6; ++kind) {
    auto samples = Loud(kind, 48000);
    dsp::Limiter limiter;
    limiter.Init(kRate, 128, -1.0f);
    limiter.Process(samples.data(), 48000);
    const double peak = ReferencePeakDb(samples, 4000, 47000);
    INFO("signal " << kind);
    CHECK(peak <= -1.0);
    // The continuous ones are held close to the ceiling, not crushed below it.
    if (kind == 0 || kind == 4) CHECK(peak > -2.0);
  }
}

TEST_CASE("dsp limiter: below the ceiling the sound passes bit for bit, just late") {
  std::vector<float> in(2 * 9600), out;
  dsp::Random random(1, 1, 1);
  for (float& x : in) x = 0.35f * random.Bipolar();
  out = in;
  dsp::Limiter limiter;
  limiter.Init(kRate, 128, -1.0f);
  for (int done = 0; done < 9600; done += 600) limiter.Process(out.data() + 2 * done, 600);
  for (std::size_t i = 0; i < 128; ++i) CHECK(out[2 * i] == 0.0f);
  bool is_equal = true;
  for (std::size_t i = 2 * 128; i < out.size(); ++i) is_equal &= out[i] == in[i - 2 * 128];
  CHECK(is_equal);
  CHECK(limiter.TakeReductionDb() == 0.0f);
}

TEST_CASE("dsp limiter: after a loud moment the gain comes back to exactly 1") {
  dsp::Limiter limiter;
  limiter.Init(kRate, 128, -1.0f);
  std::vector<float> samples(2 * 96000, 0.25f);
  for (std::size_t i = 0; i < 2 * 480; ++i) samples[i] = 3.0f;
  limiter.Process(samples.data(), 96000);
  CHECK(samples[2 * 95000] == 0.25f);
  CHECK(limiter.TakeReductionDb() > 9.0f);
}

TEST_CASE("dsp limiter: a ceiling set while it runs is reached without a click and held") {
  const auto run = [](int block) {
    dsp::Limiter limiter;
    limiter.Init(kRate, 128, -1.0f);
    std::vector<float> samples(2 * 96000);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = 1.4f * static_cast<float>(std::sin(test::kTau * 110 * static_cast<double>(i / 2) / 48000));
    for (int done = 0; done < 96000; done += block) {
      if (done == 24000) limiter.SetCeiling(-20.0f);
      if (done == 60000) limiter.SetCeiling(-6.0f);
      limiter.Process(samples.data() + 2 * done, block);
    }
    return samples;
  };
  const auto samples = run(1000);
  CHECK(run(24) == samples);
  CHECK(ReferencePeakDb(samples, 12000, 24000) > -1.5);
  CHECK(ReferencePeakDb(samples, 30000, 60000) <= -20.0);
  CHECK(ReferencePeakDb(samples, 30000, 60000) > -20.6);
  CHECK(ReferencePeakDb(samples, 84000, 95000) <= -6.0);
  CHECK(ReferencePeakDb(samples, 84000, 95000) > -6.6);
  // Nowhere sharper than the limited sine itself is: of a click the second difference would be hundreds of times that.
  double sharpest = 0, own = 0;
  for (std::size_t i = 12000; i < 95000; ++i) {
    const double bend = std::fabs(static_cast<double>(samples[2 * i]) - 2.0 * static_cast<double>(samples[2 * i - 2]) + static_cast<double>(samples[2 * i - 4]));
    sharpest = std::max(sharpest, bend);
    if (i < 24000) own = std::max(own, bend);
  }
  CHECK(sharpest <= 1.5 * own);
}

TEST_CASE("dsp limiter: a higher ceiling lets through what a lower one held down, bit for bit") {
  dsp::Limiter limiter;
  limiter.Init(kRate, 128, -20.0f);
  limiter.SetCeiling(-1.0f);
  std::vector<float> samples(2 * 96000, 0.5f);
  limiter.Process(samples.data(), 96000);
  CHECK(samples[2 * 300] < 0.5f);
  CHECK(samples[2 * 95000] == 0.5f);
}

TEST_CASE("dsp finalizer: a gain of 6 dB is 6 dB, and any block size gives the same bits") {
  const auto in = Loud(1, 20000);
  const auto run = [&](int block) {
    auto samples = in;
    for (float& x : samples) x *= 0.2f;
    dsp::Finalizer finalizer;
    finalizer.Init(kRate, 6.0f, -1.0f);
    for (int done = 0; done < 20000;) {
      const int count = std::min(block, 20000 - done);
      finalizer.Process(samples.data() + 2 * done, count);
      done += count;
    }
    return samples;
  };
  const auto whole = run(20000);
  CHECK(run(1) == whole);
  CHECK(run(777) == whole);

  dsp::Finalizer quiet;
  quiet.Init(kRate, 6.0f, -1.0f);
  std::vector<float> tone(2 * 1000, 0.1f);
  quiet.Process(tone.data(), 1000);
  CHECK(tone[2 * 999] == doctest::Approx(0.19953f).epsilon(1e-4));
}

TEST_CASE("dsp true peak: the meter reads peaks between samples as well as four times oversampling can") {
  for (double hz : {997.0, 6000.0, 12000.0, 16000.0, 20000.0}) {
    dsp::LoudnessMeter meter;
    meter.Init(48000, 1);
    std::vector<float> samples(48000);
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] = 0.5f * static_cast<float>(std::sin(test::kTau * (hz * static_cast<double>(i) / 48000 + 0.125)));
    // Fade in: a sine that starts at once is not band-limited.
    for (std::size_t i = 0; i < 4800; ++i) samples[i] *= static_cast<float>(i) / 4800.0f;
    for (std::size_t i = 0; i < 4800; ++i) samples[47999 - i] *= static_cast<float>(i) / 4800.0f;
    meter.Push(samples.data(), samples.size());
    INFO(hz << " Hz");
    // Between two of its points a sine can rise by this much more.
    const double hidden = -20 * std::log10(std::cos(test::kTau / 2 * hz / (4 * 48000)));
    CHECK(meter.TruePeakDb() < -6.0206 + 0.05);
    CHECK(meter.TruePeakDb() > -6.0206 - hidden - 0.1);
  }
}

TEST_CASE("dsp limiter: bursts between rests come out the same in blocks of any size: at rest the limiter takes a shorter way") {
  constexpr std::size_t kFrames = 200000;
  dsp::Random random(11, 2, 3);
  std::vector<float> input(2 * kFrames);
  for (std::size_t i = 0; i < kFrames; ++i) {
    // Bursts over the ceiling of 1 to 40 samples at odd places; between them it is let go.
    const bool is_burst = (i >= 3001 && i < 3041) || i == 3333 || (i >= 120007 && i < 120014);
    for (std::size_t c = 0; c < 2; ++c) input[2 * i + c] = (is_burst ? 2.5f : 0.2f) * random.Bipolar();
  }
  const auto limited = [&](const std::vector<int>& blocks) {
    dsp::Limiter limiter;
    limiter.Init(kRate, 128, -1.0f);
    std::vector<float> samples = input;
    std::size_t at = 0;
    for (std::size_t turn = 0; at < kFrames; ++turn) {
      const auto count = std::min<std::size_t>(static_cast<std::size_t>(blocks[turn % blocks.size()]), kFrames - at);
      limiter.Process(samples.data() + 2 * at, static_cast<int>(count));
      at += count;
    }
    return samples;
  };
  const std::vector<float> whole = limited({static_cast<int>(kFrames)});
  CHECK(whole == limited({1}));
  CHECK(whole == limited({5, 16, 3, 64, 1000}));
  // Where nothing was limited for long, the samples are the input's own.
  std::size_t unchanged = 0;
  for (std::size_t i = 128; i < kFrames; ++i) unchanged += whole[2 * i] == input[2 * (i - 128)] ? 1 : 0;
  CHECK(unchanged > kFrames / 4);
  CHECK(unchanged < kFrames);
}
