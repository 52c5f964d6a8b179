// Pan law, strips, compressor, ducking.
#include <cmath>
#include <limits>
#include <vector>

#include "dsp/mix/compressor.h"
#include "dsp/mix/duck.h"
#include "dsp/mix/nan_guard.h"
#include "dsp/mix/pan.h"
#include "dsp/mix/strip.h"
#include "dsp_spectrum.h"

#include <doctest/doctest.h>

using namespace kinetone;

TEST_CASE("dsp pan: power is constant, the middle is unity, the ends are silent on the other side") {
  for (float pan = -1.0f; pan <= 1.0f; pan += 0.1f) {
    const auto gains = dsp::PanOf(pan);
    CHECK(gains.left * gains.left + gains.right * gains.right == doctest::Approx(2.0).epsilon(1e-5));
  }
  CHECK(dsp::PanOf(0.0f).left == doctest::Approx(1.0).epsilon(1e-6));
  CHECK(std::fabs(dsp::PanOf(-1.0f).right) < 1e-6f);
  CHECK(std::fabs(dsp::PanOf(1.0f).left) < 1e-6f);
}

TEST_CASE("dsp strip: a mute takes at least 5 ms, ends in digital silence, and comes back to the exact gain") {
  dsp::Strip strip;
  strip.Init(48000.0f);
  control::StripSettings settings{};
  float block[2 * dsp::kBlockFrames];
  const auto run = [&](bool silenced) {
    for (float& x : block) x = 1.0f;
    strip.Process(block, settings, silenced);
  };
  run(false);
  CHECK(block[127] == 1.0f);
  float last = 1.0f, jump = 0.0f;
  for (int b = 0; b < 400; ++b) {
    run(true);
    for (int i = 0; i < dsp::kBlockFrames; ++i) {
      jump = std::max(jump, last - block[2 * i]);
      last = block[2 * i];
    }
  }
  CHECK(jump < 1.0f / 240.0f);
  CHECK(last == 0.0f);
  for (int b = 0; b < 400; ++b) run(false);
  CHECK(block[127] == 1.0f);
}

TEST_CASE("dsp compressor: at amount 0 it changes nothing, at 1 it holds 4:1 above the threshold") {
  const auto settled_db = [](float amplitude, float amount) {
    dsp::Compressor compressor;
    compressor.Init(48000.0f);
    double sum = 0;
    for (int b = 0; b < 1500; ++b) {
      float block[2 * dsp::kBlockFrames];
      for (int i = 0; i < dsp::kBlockFrames; ++i) {
        const auto x = amplitude * static_cast<float>(std::sin(test::kTau * 1000.0 * (b * dsp::kBlockFrames + i) / 48000.0));
        block[2 * i] = block[2 * i + 1] = x;
      }
      compressor.Process(block, amount);
      if (b >= 1000) sum += std::pow(10.0, test::RmsDb(block, 2 * dsp::kBlockFrames) / 10.0);
    }
    return test::Db(sum / 500);
  };
  CHECK(settled_db(1.0f, 0.0f) == doctest::Approx(-3.01).epsilon(0.002));
  const double loud = settled_db(1.0f, 1.0f), softer = settled_db(0.5f, 1.0f);
  CHECK((loud - softer) == doctest::Approx(6.02 / 4).epsilon(0.05));
  CHECK(settled_db(0.02f, 1.0f) == doctest::Approx(-36.99).epsilon(0.002));
}

TEST_CASE("dsp duck: a kick presses down within 5 ms, is back within its time, and never jumps") {
  dsp::Duck duck;
  duck.Init(48000.0f);
  control::ControlBlock block;
  std::vector<float> depth(300 * dsp::kBlockFrames);
  for (int b = 0; b < 300; ++b) {
    block.event_count = b == 10 ? 1 : 0;
    block.events[0] = {control::NoteKind::kDrum, 20, static_cast<int>(control::Drum::kKick), 0.0f, 1.0f, true};
    duck.Render(block, 200.0f, depth.data() + b * dsp::kBlockFrames);
  }
  const int hit = 10 * dsp::kBlockFrames + 20;
  CHECK(depth[static_cast<std::size_t>(hit) - 1] == 0.0f);
  CHECK(depth[static_cast<std::size_t>(hit) + 240] > 0.9f);
  CHECK(depth[static_cast<std::size_t>(hit) + 9600 + 864] < 0.1f);
  float jump = 0;
  for (std::size_t i = 1; i < depth.size(); ++i) jump = std::max(jump, std::fabs(depth[i] - depth[i - 1]));
  CHECK(jump < 0.02f);
}

TEST_CASE("dsp guard: one sample that is no sound mutes the stretch and says so, sound passes untouched") {
  float good[4] = {0.5f, -3.0f, 0.0f, 1e-30f};
  const float copy[4] = {0.5f, -3.0f, 0.0f, 1e-30f};
  CHECK(dsp::MuteUnlessSound(good, 4));
  CHECK(std::equal(good, good + 4, copy));
  for (float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -1e9f}) {
    float samples[4] = {0.5f, bad, 0.0f, 0.1f};
    CHECK_FALSE(dsp::MuteUnlessSound(samples, 4));
    for (float x : samples) CHECK(x == 0.0f);
  }
}
