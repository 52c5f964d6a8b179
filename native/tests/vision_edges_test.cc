// Edges of drawn shapes: where they must be, how many, how strong, and what they form.
#include <doctest/doctest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "vision/edge_detector.h"
#include "vision/edge_patterns.h"
#include "vision_picture.h"

namespace kinetone::vision::testing {
namespace {

constexpr int kWidth = 640;
constexpr int kHeight = 360;
constexpr float kPi = std::numbers::pi_v<float>;

struct Seen {
  EdgeDetector edges;
  EdgePatterns patterns;
};

Seen Look(const GreyPicture& picture) {
  Seen seen;
  seen.edges.Compute(picture.pixels.data(), picture.width, picture.height);
  EdgePatternFinder patterns;
  seen.patterns = patterns.Find(seen.edges);
  return seen;
}

Seen Look(const Scene& scene, int width = kWidth, int height = kHeight) { return Look(RenderGrey(width, height, scene)); }

// Parallel stripes, one light and one dark of `half` pixels each; angle: direction of the stripes, counter-clockwise.
Scene Stripes(float degrees, float half) {
  const float a = degrees * kPi / 180.0F;
  return [=](float x, float y) {
    const float across = x * std::sin(a) + y * std::cos(a);
    const float phase = across / half - 2.0F * std::floor(across / half / 2.0F);
    return Grey(phase < 1.0F ? 60 : 190);
  };
}

Scene Tiles(float degrees, float size) {
  const Scene one = Stripes(degrees, size);
  const Scene other = Stripes(degrees + 90.0F, size);
  return [=](float x, float y) { return Grey(one(x, y).r == other(x, y).r ? 60 : 190); };
}

float AngleDistance(float a, float b, float period) {
  const float d = std::fmod(std::abs(a - b), period);
  return std::min(d, period - d);
}

}  // namespace

TEST_SUITE_BEGIN("vision edges");

TEST_CASE("a square has a thin closed edge on its outline and nowhere else") {
  const Seen seen = Look([](float x, float y) { return Grey(x >= 100 && x < 300 && y >= 80 && y < 240 ? 200 : 50); });
  std::vector<std::uint8_t> map(kWidth * kHeight);
  seen.edges.WriteMap(map.data());
  long on_outline = 0;
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      if (map[static_cast<std::size_t>(y * kWidth + x)] == 0) continue;
      const bool near_column = std::abs(x - 99.5F) < 2 || std::abs(x - 299.5F) < 2;
      const bool near_row = std::abs(y - 79.5F) < 2 || std::abs(y - 239.5F) < 2;
      const bool is_beside = x > 97 && x < 302 && y > 77 && y < 242;
      REQUIRE(is_beside);
      REQUIRE((near_column || near_row));
      ++on_outline;
    }
  }
  CHECK(on_outline > 700);  // the outline is 720 pixels long
  CHECK(on_outline < 760);
  CHECK(seen.edges.Density() == doctest::Approx(static_cast<double>(on_outline) / (kWidth * kHeight)));
}

TEST_CASE("a step of 8 grey values is no edge, one of 20 continues an edge but starts none, one of 40 is an edge") {
  const auto density = [](const std::function<float(float)>& high) {
    return Look([=](float x, float y) { return Grey(x < 320 ? 100 : 100 + high(y)); }).edges.Density();
  };
  CHECK(density([](float) { return 8.0F; }) == 0.0F);
  CHECK(density([](float) { return 20.0F; }) == 0.0F);
  CHECK(density([](float) { return 40.0F; }) == doctest::Approx(358.0 / (kWidth * kHeight)));
  CHECK(density([](float y) { return y < 180 ? 40.0F : 20.0F; }) == doctest::Approx(358.0 / (kWidth * kHeight)));
}

TEST_CASE("horizontal stripes have horizontal edges only, vertical ones vertical only, with the hand-computed strength") {
  // Stripes two pixels high: [-1 -4 -5 0 5 4 1] over 0 0 1 1 is 4 everywhere, of 10 at most.
  const Seen lying = Look([](float, float y) { return Grey(static_cast<int>(y) / 2 % 2 == 0 ? 0 : 255); });
  CHECK(lying.edges.VerticalEdgeIntensity() == 0.0F);
  CHECK(lying.edges.HorizontalEdgeIntensity() == doctest::Approx(0.4).epsilon(0.01));
  const Seen standing = Look([](float x, float) { return Grey(static_cast<int>(x) / 2 % 2 == 0 ? 0 : 255); });
  CHECK(standing.edges.HorizontalEdgeIntensity() == 0.0F);
  CHECK(standing.edges.VerticalEdgeIntensity() == doctest::Approx(lying.edges.HorizontalEdgeIntensity()).epsilon(0.02));
}

TEST_CASE("one step from black to white has the intensity of 3.2 pixels of full slope out of the width") {
  const Seen seen = Look([](float x, float) { return Grey(x < 320 ? 0 : 255); });
  // [-1 -4 -5 0 5 4 1] / 10 over a step: 0.1, 0.5, 1, 1, 0.5, 0.1.
  CHECK(seen.edges.VerticalEdgeIntensity() == doctest::Approx(3.2 / kWidth).epsilon(2e-3));
  CHECK(seen.edges.HorizontalEdgeIntensity() == 0.0F);
}

TEST_CASE("parallel stripes are lines in their direction, whatever it is") {
  for (const float degrees : {0.0F, 20.0F, 45.0F, 75.0F, 90.0F, 130.0F, 165.0F}) {
    CAPTURE(degrees);
    const EdgePatterns p = Look(Stripes(degrees, 17.0F)).patterns;
    CHECK(p.lines.strength > 0.85F);
    CHECK(AngleDistance(p.lines.angle_deg, degrees, 180.0F) < 3.0F);
    CHECK(p.grid.strength < 0.2F);
    CHECK(p.texture.strength < 0.2F);
    CHECK(p.radial.strength < 0.2F);
  }
}

TEST_CASE("tiles are a grid in their direction") {
  for (const float degrees : {0.0F, 15.0F, 40.0F, 70.0F}) {
    CAPTURE(degrees);
    const EdgePatterns p = Look(Tiles(degrees, 25.0F)).patterns;
    CHECK(p.grid.strength > 0.7F);
    CHECK(AngleDistance(p.grid.angle_deg, degrees, 90.0F) < 3.0F);
    CHECK(p.lines.strength < 0.2F);
    CHECK(p.radial.strength < 0.25F);
  }
}

TEST_CASE("fine noise is texture and nothing else") {
  const EdgePatterns p = Look([](float x, float y) { return Grey(128 + 1.5F * (Noise(x * 1.5F, y * 1.5F, 6) - 128)); }).patterns;
  CHECK(p.texture.strength > 0.6F);
  CHECK(p.lines.strength < 0.15F);
  CHECK(p.grid.strength < 0.15F);
  CHECK(p.radial.strength < 0.15F);
}

TEST_CASE("rings and rays are radial, and the angle leads to their centre") {
  const auto rings = [](float cx, float cy) {
    return Scene([=](float x, float y) { return Grey(std::fmod(std::hypot(x - cx, y - cy), 40.0F) < 20.0F ? 60 : 190); });
  };
  const auto rays = [](float cx, float cy) {
    return Scene([=](float x, float y) { return Grey(std::sin(12.0F * std::atan2(y - cy, x - cx)) > 0.0F ? 60 : 190); });
  };
  const struct {
    float x, y, angle_deg;
  } centers[] = {{500, 180, 0}, {320, 40, 90}, {100, 180, 180}, {320, 320, 270}, {460, 40, 45}};
  for (const auto& c : centers) {
    for (const Scene& scene : {rings(c.x, c.y), rays(c.x, c.y)}) {
      CAPTURE(c.x);
      CAPTURE(c.y);
      const EdgePatterns p = Look(scene).patterns;
      CHECK(p.radial.strength > 0.6F);
      CHECK(AngleDistance(p.radial.angle_deg, c.angle_deg, 360.0F) < 5.0F);
    }
  }
}

TEST_CASE("a flat picture and a tiny one have no edges and no patterns") {
  for (const auto& [width, height] : {std::pair{640, 360}, {2, 2}, {1, 1}, {2, 64}, {3, 3}}) {
    CAPTURE(width);
    const Seen seen = Look([](float, float) { return Grey(77); }, width, height);
    CHECK(seen.edges.Density() == 0.0F);
    CHECK(seen.edges.HorizontalEdgeIntensity() == 0.0F);
    CHECK(seen.edges.VerticalEdgeIntensity() == 0.0F);
    for (const EdgePattern& p : {seen.patterns.lines, seen.patterns.grid, seen.patterns.texture, seen.patterns.radial}) {
      CHECK(p.strength == 0.0F);
      CHECK(p.angle_deg == 0.0F);
    }
  }
}

TEST_CASE("camera noise makes no edges") {
  GreyPicture picture = RenderGrey(kWidth, kHeight, [](float, float) { return Grey(120); });
  AddNoise(picture, 6.0F, 3);
  CHECK(Look(picture).edges.Density() < 0.001F);
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
