// The kernels of the busses: each instruction set gives the same bits, and what a scalar reference gives but for rounding.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

#include "dsp/fx/feedback_network.h"
#include "dsp/mix/true_peak_kernel.h"
#include "dsp/random.h"
#include "rt/dispatch.h"

#include <doctest/doctest.h>

using namespace kinetone;

namespace {

constexpr int kFrames = dsp::kBlockFrames, kLines = dsp::FeedbackNetwork::kLines;

struct Turned {
  dsp::FeedbackNetwork network;
  float input[2][kFrames], lines[kLines][kFrames], wet[2][kFrames] = {};

  Turned() {
    dsp::Random random(1, 2, 3);
    for (auto& channel : input) for (float& x : channel) x = random.Bipolar();
    for (auto& line : lines) for (float& x : line) x = random.Bipolar();
    for (int line = 0; line < kLines; ++line) {
      network.feedback[line] = 0.7f + 0.02f * static_cast<float>(line);
      network.damp[line] = random.Bipolar();
    }
  }
};

// One frame at a time, the matrix written out: the sign of entry (row, column) is the parity of their common bits.
void ReferenceTurn(Turned& t) {
  for (int i = 0; i < kFrames; ++i) {
    float v[kLines];
    for (int line = 0; line < kLines; ++line) {
      const float delayed = t.network.feedback[line] * t.lines[line][i];
      t.network.damp[line] = delayed + t.network.damping * (t.network.damp[line] - delayed);
      v[line] = t.network.damp[line];
    }
    t.wet[0][i] = 0.6f * (v[0] - v[2] + v[4] - v[6]);
    t.wet[1][i] = 0.6f * (v[1] - v[3] + v[5] - v[7]);
    for (int row = 0; row < kLines; ++row) {
      double sum = 0;
      for (int column = 0; column < kLines; ++column) sum += std::popcount(static_cast<unsigned>(row & column)) % 2 != 0 ? -static_cast<double>(v[column]) : static_cast<double>(v[column]);
      t.lines[row][i] = static_cast<float>(sum / std::sqrt(8.0)) + 0.5f * t.input[row % 2][i];
    }
  }
}

}  // namespace

TEST_CASE("dsp bus kernels: the reverb's network is the reference's, on every instruction set to the same bit") {
  Turned reference, first;
  ReferenceTurn(reference);
  bool is_first = true;
  for (const rt::SimdLevel level : rt::AvailableSimdLevels()) {
    const rt::ScopedSimdLevel forced(level);
    Turned turned;
    dsp::FeedbackKernels().turn(turned.network, turned.input, turned.lines, turned.wet);
    double furthest = 0;
    for (int i = 0; i < kFrames; ++i) {
      for (int line = 0; line < kLines; ++line) furthest = std::max(furthest, std::fabs(static_cast<double>(turned.lines[line][i] - reference.lines[line][i])));
      for (int side = 0; side < 2; ++side) furthest = std::max(furthest, std::fabs(static_cast<double>(turned.wet[side][i] - reference.wet[side][i])));
    }
    INFO(rt::Name(level));
    CHECK(furthest < 1e-6);
    CHECK(turned.network.damp[5] == doctest::Approx(static_cast<double>(reference.network.damp[5])));
    if (is_first) first = turned;
    is_first = false;
    CHECK(std::memcmp(turned.lines, first.lines, sizeof turned.lines) == 0);
    CHECK(std::memcmp(turned.wet, first.wet, sizeof turned.wet) == 0);
    CHECK(std::memcmp(turned.network.damp, first.network.damp, sizeof turned.network.damp) == 0);
  }
}

TEST_CASE("dsp bus kernels: interpolated peaks are the reference's, on every instruction set to the same bit") {
  constexpr int kTaps = dsp::kTruePeakTaps, kPhases = dsp::kTruePeakPhases - 1, kCount = dsp::kTruePeakBlock;
  dsp::Random random(4, 5, 6);
  float taps[kPhases * kTaps], window[kCount + kTaps];
  for (float& tap : taps) tap = 0.3f * random.Bipolar();
  for (float& x : window) x = random.Bipolar();
  std::vector<float> first;
  for (const rt::SimdLevel level : rt::AvailableSimdLevels()) {
    const rt::ScopedSimdLevel forced(level);
    std::vector<float> peaks(kCount, 0.2f);
    dsp::TruePeakKernels().raise(taps, window, peaks.data());
    if (first.empty()) first = peaks;
    INFO(rt::Name(level));
    CHECK(peaks == first);
  }
  for (int i = 0; i < kCount; ++i) {
    double peak = static_cast<double>(0.2f);
    for (int phase = 0; phase < kPhases; ++phase) {
      double sum = 0;
      for (int tap = 0; tap < kTaps; ++tap) sum += static_cast<double>(taps[phase * kTaps + tap]) * static_cast<double>(window[tap + i]);
      peak = std::max(peak, std::fabs(sum));
    }
    CHECK(static_cast<double>(first[static_cast<std::size_t>(i)]) == doctest::Approx(peak).epsilon(1e-5));
  }
}
