// The promises of a FeatureFrame: first frame, units, directions, and values that do not depend on rate or size.
#include <doctest/doctest.h>

#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

#include "vision/motion_summary.h"
#include "vision/vision_session.h"
#include "vision_picture.h"

namespace kinetone::vision::testing {
namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 360;
// Per column of a feature row, how far two versions of one scene may differ in a single frame.
constexpr float kPerFrame = 0.05F;

struct Sample {
  double timestamp_s;
  Frame frame;
};

std::vector<FeatureRow> Analyze(int width, int height, const std::vector<Sample>& samples) {
  VisionSession session(width, height);
  std::vector<FeatureRow> rows;
  for (const Sample& sample : samples) {
    FeatureRow row;
    session.Analyze(sample.frame.Planes(), sample.timestamp_s, row);
    rows.push_back(row);
  }
  return rows;
}

// A dancer of sorts: a backdrop with a slow drift and two coloured discs on arcs, in units of the 640 picture.
Scene Dance(double time) {
  const auto t = static_cast<float>(time);
  return [=](float x, float y) {
    const float n = (Noise(x + 15.0F * t, y, 4) - 128.0F) * 0.6F;
    Rgb c{110 + n, 120 + n, 140 + n};
    const auto disc = [&](float cx, float cy, float radius, Rgb color, unsigned seed) {
      const float inside = Inside(std::hypot(x - cx, y - cy) - radius);
      if (inside <= 0.0F) return;
      const float m = (Noise(x - cx, y - cy, seed) - 128.0F) * 0.4F;
      c = {c.r + inside * (color.r + m - c.r), c.g + inside * (color.g + m - c.g), c.b + inside * (color.b + m - c.b)};
    };
    disc(320 + 150 * std::sin(2.2F * t), 180 + 60 * std::cos(2.2F * t), 60, {200, 80, 60}, 8);
    disc(330 - 180 * std::sin(1.7F * t), 170 + 50 * std::sin(1.1F * t), 45, {60, 90, 190}, 9);
    return c;
  };
}

std::vector<Sample> Film(const std::vector<double>& times, int factor = 1) {
  std::vector<Sample> samples;
  for (const double t : times) {
    Frame frame = Render(kWidth * factor, kHeight * factor, Dance(t), kWidth);
    samples.push_back({t, factor == 1 ? std::move(frame) : Shrink(frame, factor)});
  }
  return samples;
}

std::vector<double> Times(double fps, double seconds) {
  std::vector<double> times;
  for (int i = 0; i < static_cast<int>(std::lround(fps * seconds)); ++i) times.push_back(i / fps);
  return times;
}

// The columns that are numbers on a scale of 0..1; colours, boxes and angles are compared elsewhere.
const std::vector<std::size_t> kScales = {kMagnitude, kColorfulness, kBrightness, kEdgeDensity, kHorizontalEdge, kVerticalEdge,
                                          kPattern,   kPattern + 2,  kPattern + 4, kPattern + 6, kSceneChange};

// Compares frames of equal time; the first ones, where one version has nothing to compare yet, are left out.
void CheckAgreement(const std::vector<Sample>& a_samples, const std::vector<FeatureRow>& a, const std::vector<Sample>& b_samples,
                    const std::vector<FeatureRow>& b) {
  for (const std::size_t column : kScales) {
    double mean_a = 0.0, mean_b = 0.0;
    int count = 0;
    for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
      const double distance = a_samples[i].timestamp_s - b_samples[j].timestamp_s;
      if (std::abs(distance) > 1e-4) {
        distance < 0 ? ++i : ++j;
        continue;
      }
      if (a_samples[i].timestamp_s > 0.05) {
        CAPTURE(column);
        CAPTURE(a_samples[i].timestamp_s);
        CHECK(std::abs(a[i][column] - b[j][column]) <= kPerFrame);
        mean_a += a[i][column];
        mean_b += b[j][column];
        ++count;
      }
      ++i;
      ++j;
    }
    REQUIRE(count >= 8);
    CAPTURE(column);
    CHECK(std::abs(mean_a - mean_b) <= 0.1 * std::max(mean_a, mean_b) + 0.002 * count);
  }
}

// A textured plane that moves by (u, v) px a second, its texture going along.
Scene Plane(double time, float u, float v) {
  const auto t = static_cast<float>(time);
  return [=](float x, float y) { return Grey(Noise(x - u * t, y - v * t, 3)); };
}

}  // namespace

TEST_SUITE_BEGIN("vision session");

TEST_CASE("the first frame has motion 0 and scene_change 0, and its own colours and edges") {
  const auto rows = Analyze(kWidth, kHeight, Film({0.0}));
  CHECK(rows[0][kMagnitude] == 0.0F);
  for (std::size_t i = kDirection; i < kColor; ++i) CHECK(rows[0][i] == 0.0F);
  CHECK(rows[0][kSceneChange] == 0.0F);
  CHECK(rows[0][kBrightness] > 0.3F);
  CHECK(rows[0][kEdgeDensity] > 0.0F);
  CHECK(rows[0][kColor + 1] > 0.2F);
}

TEST_CASE("magnitude is the fraction of the diagonal per second, at any rate") {
  const double diagonal = std::hypot(kWidth, kHeight);
  for (const double fps : {10.0, 24.0, 30.0, 60.0, 120.0, 240.0}) {
    CAPTURE(fps);
    VisionSession session(kWidth, kHeight);
    FeatureRow row;
    for (double t = 0.0; t <= 0.11; t += 1.0 / fps) session.Analyze(Render(kWidth, kHeight, Plane(t, 90, -40)).Planes(), t, row);
    CHECK(row[kMagnitude] == doctest::Approx(std::hypot(90.0, 40.0) / diagonal).epsilon(0.03));
  }
}

TEST_CASE("the direction histogram is counter-clockwise from right and sums to 1") {
  for (std::size_t bin = 0; bin < kDirectionBins; ++bin) {
    CAPTURE(bin);
    const double angle = static_cast<double>(bin) * std::numbers::pi / 4.0;
    const auto u = static_cast<float>(120.0 * std::cos(angle));
    const auto v = static_cast<float>(-120.0 * std::sin(angle));
    const auto at = [&](double t) { return Sample{t, Render(320, 180, Plane(t, u, v))}; };
    const auto rows = Analyze(320, 180, {at(0.0), at(1 / 30.0)});
    CHECK(rows[1][kDirection + bin] > 0.95F);
    float sum = 0.0F;
    for (std::size_t i = 0; i < kDirectionBins; ++i) sum += rows[1][kDirection + i];
    CHECK(sum == doctest::Approx(1.0));
  }
}

TEST_CASE("the field of the last comparison can be asked for, is what was added up, and is 0 when nothing was compared") {
  VisionSession session(320, 180);
  FeatureRow row;
  CHECK(session.flow().u == std::vector<float>(320 * 180, 0.0F));
  for (const double t : {0.0, 0.04}) session.Analyze(Render(320, 180, Plane(t, 90, -40)).Planes(), t, row);
  const MotionSummary summary = SummarizeMotion(session.flow(), session.flow_seconds());
  // Every other row of it is added up.
  CHECK(row[kMagnitude] == doctest::Approx(summary.average_magnitude).epsilon(2e-3));
  CHECK(summary.average_magnitude > 0.1F);
  session.Analyze(Render(320, 180, Plane(0.0, 90, -40)).Planes(), 0.0, row);
  CHECK(session.flow().u == std::vector<float>(320 * 180, 0.0F));
}

TEST_CASE("vectors below a quarter of a pixel per comparison are still") {
  FlowField flow;
  flow.Resize(20, 10);
  std::fill(flow.u.begin(), flow.u.end(), 0.24F);
  std::fill(flow.v.begin(), flow.v.end(), 0.0F);
  MotionSummary summary = SummarizeMotion(flow, 1.0 / 30.0);
  CHECK(summary.average_magnitude == 0.0F);
  for (const float share : summary.directions) CHECK(share == 0.0F);
  flow.u[7] = -3.0F;
  summary = SummarizeMotion(flow, 0.5);
  CHECK(summary.average_magnitude == doctest::Approx(3.0 / 200 / std::hypot(20, 10) / 0.5));
  CHECK(summary.directions[4] == 1.0F);
}

TEST_CASE("one scene at 30 and at 60 frames a second agrees") {
  const auto thirty = Film(Times(30, 0.5));
  const auto sixty = Film(Times(60, 0.5));
  CheckAgreement(thirty, Analyze(kWidth, kHeight, thirty), sixty, Analyze(kWidth, kHeight, sixty));
}

TEST_CASE("a variable rate agrees with a constant one") {
  const auto constant = Film(Times(60, 0.6));
  std::vector<double> times;
  const int steps[] = {1, 2, 3, 2, 1, 4};
  for (int frame = 0, i = 0; frame < 36; frame += steps[i++ % 6]) times.push_back(frame / 60.0);
  const auto variable = Film(times);
  CheckAgreement(constant, Analyze(kWidth, kHeight, constant), variable, Analyze(kWidth, kHeight, variable));
}

TEST_CASE("doubled frames agree with the frames they double") {
  const auto once = Film(Times(30, 0.5));
  std::vector<Sample> twice;
  for (std::size_t i = 0; i < once.size(); ++i) {
    twice.push_back({static_cast<double>(2 * i) / 60.0, once[i].frame});
    twice.push_back({static_cast<double>(2 * i + 1) / 60.0, once[i].frame});
  }
  CheckAgreement(once, Analyze(kWidth, kHeight, once), twice, Analyze(kWidth, kHeight, twice));
}

TEST_CASE("one scene filmed with 360, 720 and 1080 lines agrees") {
  const auto times = Times(30, 1 / 3.0);
  const auto small = Film(times);
  const auto rows = Analyze(kWidth, kHeight, small);
  for (const int factor : {2, 3}) {
    CAPTURE(factor);
    const auto large = Film(times, factor);
    CheckAgreement(small, rows, large, Analyze(kWidth, kHeight, large));
  }
}

TEST_CASE("regions follow what moves: place, size, speed, and none when nothing does") {
  const auto scene = [](double time) {
    const auto t = static_cast<float>(time);
    return Scene([=](float x, float y) {
      const float inside = Inside(std::max(std::abs(x - 150 - 240 * t), std::abs(y - 120)) - 40);
      return Grey(inside > 0.5F ? Noise(x - 240 * t, y, 8) : Noise(x, y, 2));
    });
  };
  VisionSession session(kWidth, kHeight);
  FeatureRow row;
  for (int i = 0; i < 20; ++i) {
    const double t = i / 30.0;
    session.Analyze(Render(kWidth, kHeight, scene(t)).Planes(), t, row);
    if (i == 0) continue;
    CAPTURE(i);
    const float* region = row.data() + kRegion;
    const auto left = static_cast<float>((110 + 240 * (t - 1 / 30.0)) / kWidth);
    REQUIRE(std::abs(region[0] - left) < 0.03F);
    REQUIRE(std::abs(region[1] - 80.0F / kHeight) < 0.05F);
    REQUIRE(std::abs(region[2] - 80.0F / kWidth) < 0.05F);
    REQUIRE(std::abs(region[3] - 80.0F / kHeight) < 0.08F);
    REQUIRE(region[4] == doctest::Approx(240.0 / std::hypot(kWidth, kHeight)).epsilon(0.15));
    REQUIRE(row[kRegion + 9] == 0.0F);
  }
  const Frame still = Render(kWidth, kHeight, scene(0.0));
  const auto rows = Analyze(kWidth, kHeight, {{0.0, still}, {0.04, still}});
  for (std::size_t i = kRegion; i < kColor; ++i) CHECK(rows[1][i] == 0.0F);
}

TEST_CASE("regions are ordered by magnitude times area, and there are at most four") {
  const auto scene = [](double time) {
    const auto t = static_cast<float>(time);
    return Scene([=](float x, float y) {
      float value = Noise(x, y, 2);
      if (std::abs(y - 180) > 50) return Grey(value);
      for (int i = 0; i < 6; ++i) {
        const float half = 14.0F + 5.0F * static_cast<float>(i);
        const float cx = 60.0F + 104.0F * static_cast<float>(i) + 200.0F * t;
        const float inside = Inside(std::max(std::abs(x - cx), std::abs(y - 180)) - half);
        if (inside > 0.0F) value += inside * (Noise(x - 200 * t, y, 8) - value);
      }
      return Grey(value);
    });
  };
  const auto at = [&](double t) { return Sample{t, Render(kWidth, kHeight, scene(t))}; };
  const auto rows = Analyze(kWidth, kHeight, {at(0.0), at(0.04)});
  float last = 1e9F;
  for (std::size_t i = 0; i < kRegions; ++i) {
    const float* region = rows[1].data() + kRegion + 5 * i;
    REQUIRE(region[4] > 0.0F);
    const float product = region[2] * region[3] * region[4];
    CHECK(product < last * 1.1F);
    last = product;
    CHECK(region[0] > 0.15F);  // the two smallest, at the left, are left out
  }
}

TEST_CASE("a timestamp that falls begins anew, an equal one does not disturb") {
  VisionSession session(320, 180);
  FeatureRow row;
  const auto show = [&](double picture_s, double timestamp_s) {
    session.Analyze(Render(320, 180, Plane(picture_s, 150, 0)).Planes(), timestamp_s, row);
  };
  show(0.0, 5.0);
  show(0.04, 5.04);
  const float moving = row[kMagnitude];
  CHECK(moving > 0.2F);
  show(0.04, 5.04);
  CHECK(row[kMagnitude] == doctest::Approx(moving).epsilon(0.02));
  show(3.0, 1.0);
  CHECK(row[kMagnitude] == 0.0F);
  CHECK(row[kSceneChange] == 0.0F);
  show(3.04, 1.04);
  CHECK(row[kMagnitude] == doctest::Approx(moving).epsilon(0.05));
}

TEST_CASE("thousands of frames a second keep memory and time bounded and the measure right") {
  VisionSession session(64, 48);
  FeatureRow row;
  for (int i = 0; i < 800; ++i) {
    const double t = i / 8000.0;
    session.Analyze(Render(64, 48, Plane(t, 60, 0)).Planes(), t, row);
  }
  CHECK(row[kMagnitude] == doctest::Approx(60 / 80.0).epsilon(0.1));
}

TEST_CASE("a session of any even size from 2x2 up gives finite values in their ranges") {
  const std::pair<int, int> sizes[] = {{2, 2},   {2, 8},   {4, 2},   {6, 6},   {10, 14},
                                       {16, 16}, {34, 18}, {640, 2}, {2, 640}, {202, 360}};
  for (const auto& [width, height] : sizes) {
    CAPTURE(width);
    CAPTURE(height);
    VisionSession session(width, height);
    for (int i = 0; i < 6; ++i) {
      FeatureRow row;
      session.Analyze(Render(width, height, Plane(i * 0.1, 20, 10)).Planes(), i * 0.04, row);
      for (const float value : row) REQUIRE(std::isfinite(value));
      for (const std::size_t column : kScales) {
        if (column == kMagnitude) continue;
        REQUIRE(row[column] >= 0.0F);
        REQUIRE(row[column] <= 1.0F);
      }
      for (std::size_t region = 0; region < kRegions; ++region) {
        const float* r = row.data() + kRegion + 5 * region;
        REQUIRE(r[0] >= 0.0F);
        REQUIRE(r[1] >= 0.0F);
        REQUIRE(r[0] + r[2] <= 1.0001F);
        REQUIRE(r[1] + r[3] <= 1.0001F);
      }
    }
  }
}

TEST_CASE("wrong sizes and times are refused") {
  CHECK_THROWS_AS(VisionSession(3, 2), std::invalid_argument);
  CHECK_THROWS_AS(VisionSession(0, 0), std::invalid_argument);
  VisionSession session(64, 48);
  FeatureRow row;
  CHECK_THROWS_AS(session.Analyze(Solid(32, 48, Grey(1)).Planes(), 0.0, row), std::invalid_argument);
  CHECK_THROWS_AS(session.Analyze(Solid(64, 48, Grey(1)).Planes(), std::nan(""), row), std::invalid_argument);
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
