// The modulation matrix: ranges, curves, smoothing, quantisation, combination.
#include <cmath>

#include "control/matrix.h"
#include "control/wobble.h"
#include "control_fixtures.h"

#include <doctest/doctest.h>

using namespace kinetone;
using control::Parameter;
using control::Source;

namespace {

constexpr float kTicks = 750.0f;

struct Bench {
  control::Mapping mapping;
  control::Matrix matrix;
  control::SourceReader sources;

  Bench() {
    mapping = test::PlainMapping();
    mapping.row_count = 0;
    sources.Reset();
  }
  void Start() {
    matrix.Reset();
    matrix.SetMapping(mapping, kTicks);
  }
  float After(float motion, Parameter parameter, int ticks = 1) {
    sources.Read(test::RowOf({.motion = motion}));
    for (int i = 0; i < ticks; ++i) matrix.Tick(sources, 120);
    return At(matrix.parameters(), parameter);
  }
};

}  // namespace

TEST_CASE("control matrix: input range, output range, and both backwards") {
  Bench bench;
  test::Add(bench.mapping, test::RowFrom(Source::kMotionMagnitude, Parameter::kBassDrive, 0.2f, 0.6f, 0.1f, 0.9f));
  bench.Start();
  CHECK(bench.After(0.2f, Parameter::kBassDrive) == doctest::Approx(0.1));
  CHECK(bench.After(0.4f, Parameter::kBassDrive) == doctest::Approx(0.5));
  CHECK(bench.After(5.0f, Parameter::kBassDrive) == doctest::Approx(0.9));
  bench.mapping.rows[0].input_low = 0.6f;
  bench.mapping.rows[0].input_high = 0.2f;
  bench.Start();
  CHECK(bench.After(0.3f, Parameter::kBassDrive) == doctest::Approx(0.7));
}

TEST_CASE("control matrix: a log parameter is walked in equal ratios") {
  Bench bench;
  test::Add(bench.mapping, test::RowFrom(Source::kMotionMagnitude, Parameter::kBassCutoff, 0, 1, 100, 6400));
  bench.Start();
  CHECK(bench.After(0.5f, Parameter::kBassCutoff) == doctest::Approx(800).epsilon(1e-4));
}

TEST_CASE("control matrix: smoothing takes its attack upwards and its release downwards, and begins on the first value") {
  Bench bench;
  auto row = test::RowFrom(Source::kMotionMagnitude, Parameter::kBassDrive, 0, 1, 0, 1);
  row.attack_ms = 100;
  row.release_ms = 400;
  test::Add(bench.mapping, row);
  bench.Start();
  CHECK(bench.After(0.2f, Parameter::kBassDrive) == doctest::Approx(0.2));
  CHECK(bench.After(1.0f, Parameter::kBassDrive, 75) == doctest::Approx(0.2 + 0.8 * (1 - std::exp(-1.0))).epsilon(0.01));
  bench.After(1.0f, Parameter::kBassDrive, 2000);
  CHECK(bench.After(0.0f, Parameter::kBassDrive, 300) == doctest::Approx(std::exp(-1.0)).epsilon(0.01));
}

TEST_CASE("control matrix: steps have hysteresis, scale snaps to the mode, divisions snap to the tempo") {
  Bench bench;
  auto row = test::RowFrom(Source::kMotionMagnitude, Parameter::kPadVoices, 0, 1, 1, 5);
  row.quantisation = control::Quantisation::kSteps;
  row.steps = 5;
  test::Add(bench.mapping, row);
  auto pitch = test::RowFrom(Source::kMotionMagnitude, Parameter::kBassPitch, 0, 1, 0, 12);
  pitch.quantisation = control::Quantisation::kScale;
  test::Add(bench.mapping, pitch);
  auto rate = test::RowFrom(Source::kMotionMagnitude, Parameter::kModulationRate, 0, 1, 0.5f, 8);
  rate.quantisation = control::Quantisation::kDivisions;
  test::Add(bench.mapping, rate);
  bench.mapping.mode = control::Mode::kMinor;
  bench.Start();
  CHECK(bench.After(0.36f, Parameter::kPadVoices) == 2.0f);  // 1.44 steps
  CHECK(bench.After(0.38f, Parameter::kPadVoices) == 2.0f);  // 1.52: not yet
  CHECK(bench.After(0.40f, Parameter::kPadVoices) == 3.0f);  // 1.60
  CHECK(bench.After(0.37f, Parameter::kPadVoices) == 3.0f);  // 1.48: not back yet
  for (float motion = 0; motion <= 1; motion += 0.01f) {
    const auto semitones = static_cast<int>(bench.After(motion, Parameter::kBassPitch));
    CHECK(control::IsInMode(control::Mode::kMinor, semitones));
    const float hz = At(bench.matrix.parameters(), Parameter::kModulationRate);
    bool is_division = false;
    for (float cycles : control::kDivisions) is_division |= std::fabs(hz - cycles * 2.0f) < 1e-4f;
    CHECK(is_division);
  }
}

TEST_CASE("control matrix: set replaces, add adds, multiply scales, in row order; the result stays in the parameter's range") {
  Bench bench;
  bench.mapping.resting[static_cast<std::size_t>(Parameter::kBassDrive)] = 0.3f;
  auto row = test::RowFrom(Source::kMotionMagnitude, Parameter::kBassDrive, 0, 1, 0.5f, 0.5f);
  row.combine = control::Combine::kAdd;
  test::Add(bench.mapping, row);
  row.combine = control::Combine::kMultiply;
  row.id += 1;
  test::Add(bench.mapping, row);
  bench.Start();
  CHECK(bench.After(0, Parameter::kBassDrive) == doctest::Approx(0.4));
  bench.mapping.rows[1].output_low = bench.mapping.rows[1].output_high = 9;
  bench.Start();
  CHECK(bench.After(0, Parameter::kBassDrive) == 1.0f);
  bench.mapping.rows[0].active = bench.mapping.rows[1].active = false;
  bench.Start();
  CHECK(bench.After(0, Parameter::kBassDrive) == doctest::Approx(0.3));
}

TEST_CASE("control matrix: rows that multiply to infinity, or to no number, leave every parameter in its range") {
  Bench bench;
  for (std::size_t i = 0; i < 60; ++i) {
    auto row = test::RowFrom(Source::kMotionMagnitude, static_cast<Parameter>(i % 3 == 0 ? 0 : i % control::kParameterCount), 0, 1, -1e6f, 1e6f);
    row.combine = i % 2 == 0 ? control::Combine::kMultiply : control::Combine::kAdd;
    row.id = static_cast<std::uint32_t>(i) + 1;
    test::Add(bench.mapping, row);
    test::Add(bench.mapping, row);
    if (bench.mapping.row_count >= 62) break;
  }
  bench.Start();
  for (float motion : {0.0f, 0.3f, 0.5f, 1.0f}) {
    bench.After(motion, Parameter::kBpm, 3);
    for (std::size_t p = 0; p < control::kParameterCount; ++p) {
      const float value = bench.matrix.parameters()[p];
      CHECK(value >= control::kParameters[p].min);
      CHECK(value <= control::kParameters[p].max);
    }
  }
}

TEST_CASE("control matrix: hue is smoothed the short way round, and does not act before there is one") {
  Bench bench;
  auto row = test::RowFrom(Source::kHue, Parameter::kPadHue, 0, 1, 0, 1);
  row.attack_ms = row.release_ms = 50;
  test::Add(bench.mapping, row);
  bench.Start();
  bench.matrix.Tick(bench.sources, 120);
  CHECK(At(bench.matrix.parameters(), Parameter::kPadHue) == 0.0f);
  bench.sources.Read(test::RowOf({.colorfulness = 0.5f, .color = 0xff0010}));  // just below 1
  for (int i = 0; i < 400; ++i) bench.matrix.Tick(bench.sources, 120);
  CHECK(At(bench.matrix.parameters(), Parameter::kPadHue) > 0.97f);
  bench.sources.Read(test::RowOf({.colorfulness = 0.5f, .color = 0xff2000}));  // just above 0
  for (int i = 0; i < 400; ++i) {
    bench.matrix.Tick(bench.sources, 120);
    const float hue = At(bench.matrix.parameters(), Parameter::kPadHue);
    CHECK((hue > 0.9f || hue < 0.1f));
  }
}

TEST_CASE("control matrix: a row that stays in a new mapping goes on from where it was") {
  Bench bench;
  auto row = test::RowFrom(Source::kMotionMagnitude, Parameter::kBassDrive, 0, 1, 0, 1);
  row.attack_ms = 1000;
  test::Add(bench.mapping, row);
  bench.Start();
  bench.After(0.0f, Parameter::kBassDrive);
  const float before = bench.After(1.0f, Parameter::kBassDrive, 100);
  control::Mapping edited = bench.mapping;
  edited.rows[0].release_ms = 5;
  bench.matrix.SetMapping(edited, kTicks);
  const float after = bench.After(1.0f, Parameter::kBassDrive);
  CHECK(after > before);
  CHECK(after < before + 0.01f);
}
