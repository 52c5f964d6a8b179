// The row kernels of edges, colours and motion against scalar definitions, on each instruction set this processor has.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <random>
#include <vector>

#include "rt/dispatch.h"
#include "vision/dominant_colors.h"
#include "vision/edge_detector.h"
#include "vision/edge_patterns.h"
#include "vision/motion_summary.h"
#include "vision/picture_color.h"

namespace kinetone::vision::testing {
namespace {

template <typename Check>
void OnEveryLevel(Check check) {
  for (const rt::SimdLevel level : rt::AvailableSimdLevels()) {
    const rt::ScopedSimdLevel scope(level);
    CAPTURE(rt::Name(level));
    check();
  }
}

std::vector<std::uint8_t> RandomBytes(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> bytes(count);
  for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random() % 4 == 0 ? (random() % 2) * 255 : random() % 256);
  return bytes;
}

std::size_t Index(int i) { return static_cast<std::size_t>(i); }

// 16 times the binomial mean at (x, y), borders replicated.
int SmoothAt(const std::vector<std::uint8_t>& luma, int width, int height, int x, int y) {
  constexpr int kWeights[] = {1, 4, 6, 4, 1};
  const auto column = [&](int at_x) {
    int sum = 0;
    for (int i = 0; i < 5; ++i) {
      sum += kWeights[i] * luma[Index(std::clamp(y + i - 2, 0, height - 1) * width + std::clamp(at_x, 0, width - 1))];
    }
    return sum;
  };
  int sum = 8;
  for (int i = 0; i < 5; ++i) sum += kWeights[i] * column(x + i - 2);
  return sum >> 4;
}

struct Gradient {
  int x, y, length;
};

class ScalarEdges {
 public:
  ScalarEdges(const std::vector<std::uint8_t>& luma, int width, int height) : luma_(luma), width_(width), height_(height) {}

  Gradient At(int x, int y) const {
    const auto s = [&](int dx, int dy) {
      return SmoothAt(luma_, width_, height_, std::clamp(x + dx, 0, width_ - 1), std::clamp(y + dy, 0, height_ - 1));
    };
    const int gx = (s(1, -1) - s(-1, -1)) + 2 * (s(1, 0) - s(-1, 0)) + (s(1, 1) - s(-1, 1));
    const int gy = (s(-1, 1) - s(-1, -1)) + 2 * (s(0, 1) - s(0, -1)) + (s(1, 1) - s(1, -1));
    const int longer = std::max(std::abs(gx), std::abs(gy));
    const int shorter = std::min(std::abs(gx), std::abs(gy));
    return {gx, gy, longer + (shorter >> 2) + (shorter >> 3)};
  }

  // 0 none, 1 weak, 2 strong.
  int Class(int x, int y) const {
    if (x == 0 || y == 0 || x == width_ - 1 || y == height_ - 1) return 0;
    const Gradient g = At(x, y);
    const int ax = std::abs(g.x), ay = std::abs(g.y);
    int dx = 1, dy = 1;
    if (ay * 256 <= ax * 106) {
      dy = 0;
    } else if (ax * 256 <= ay * 106) {
      dx = 0;
    } else if ((g.x ^ g.y) < 0) {
      dx = -1;
    }
    if (g.length < kEdgeLow * kSlopeUnit || g.length <= At(x - dx, y - dy).length || g.length < At(x + dx, y + dy).length) return 0;
    return g.length >= kEdgeHigh * kSlopeUnit ? 2 : 1;
  }

  // Flood from the strong pixels over the weak ones.
  std::vector<std::uint8_t> Map() const {
    std::vector<int> classes(luma_.size());
    std::vector<int> open;
    std::vector<std::uint8_t> map(luma_.size(), 0);
    for (int i = 0; i < static_cast<int>(luma_.size()); ++i) {
      classes[Index(i)] = Class(i % width_, i / width_);
      if (classes[Index(i)] != 2) continue;
      open.push_back(i);
      map[Index(i)] = 255;
    }
    while (!open.empty()) {
      const int at = open.back();
      open.pop_back();
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          const int next = at + dy * width_ + dx;
          if (classes[Index(next)] == 0 || map[Index(next)] != 0) continue;
          map[Index(next)] = 255;
          open.push_back(next);
        }
      }
    }
    return map;
  }

 private:
  const std::vector<std::uint8_t>& luma_;
  int width_, height_;
};

// Blocks of one tone and some noise: long contours, weak and strong.
std::vector<std::uint8_t> Patchwork(int width, int height, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<std::uint8_t> tones(1024);
  for (auto& tone : tones) tone = static_cast<std::uint8_t>(100 + random() % 50);
  std::vector<std::uint8_t> luma(Index(width * height));
  for (int i = 0; i < width * height; ++i) {
    const int block = (i % width) / 9 + 31 * ((i / width) / 7);
    luma[Index(i)] = static_cast<std::uint8_t>(tones[Index(block % 1024)] + random() % 4);
  }
  return luma;
}

}  // namespace

TEST_SUITE_BEGIN("vision row kernels");

TEST_CASE("edges are those of the scalar Canny, pixel for pixel, with its gradients and intensities") {
  for (const auto& [width, height] : {std::pair{130, 40}, {64, 30}, {65, 3}, {3, 20}, {33, 33}}) {
    for (const bool is_noise : {false, true}) {
      CAPTURE(width);
      CAPTURE(height);
      const auto luma = is_noise ? RandomBytes(Index(width * height), 3) : Patchwork(width, height, 5);
      const ScalarEdges scalar(luma, width, height);
      const auto expected = scalar.Map();
      double sum_x = 0.0;
      for (int i = 0; i < width * height; ++i) sum_x += std::abs(scalar.At(i % width, i / width).x);
      OnEveryLevel([&] {
        EdgeDetector edges;
        edges.Compute(luma.data(), width, height);
        std::vector<std::uint8_t> map(luma.size());
        edges.WriteMap(map.data());
        CHECK(map == expected);
        CHECK(edges.VerticalEdgeIntensity() == doctest::Approx(sum_x / (1.0 * width * height * kMaxGradient)));
        const EdgePixels& pixels = edges.pixels();
        for (std::size_t i = 0; i < pixels.count; ++i) {
          const Gradient g = scalar.At(pixels.x[i], pixels.y[i]);
          REQUIRE(pixels.gx[i] == g.x);
          REQUIRE(pixels.gy[i] == g.y);
        }
      });
    }
  }
}

TEST_CASE("sums over edge normals agree with double precision within 1e-4 of the number of edges") {
  std::mt19937 random(8);
  constexpr int kCount = 2400;
  std::vector<float> x(kCount), y(kCount), nx(kCount), ny(kCount);
  double cos4 = 0.0, ring_x = 0.0, ray_y = 0.0, aligned = 0.0;
  for (std::size_t i = 0; i < kCount; ++i) {
    const double angle = static_cast<double>(random() % 62832) / 10000.0;
    x[i] = static_cast<float>(random() % 1000) / 1000.0F - 0.5F;
    y[i] = static_cast<float>(random() % 1000) / 1000.0F - 0.5F;
    nx[i] = static_cast<float>(std::cos(angle));
    ny[i] = static_cast<float>(std::sin(angle));
    cos4 += std::cos(4.0 * angle);
    const double along = -std::sin(angle) * x[i] + std::cos(angle) * y[i];
    ring_x += along * -std::sin(angle);
    ray_y += (std::cos(angle) * x[i] + std::sin(angle) * y[i]) * std::sin(angle);
    const double dx = x[i] - 0.1, dy = y[i] + 0.2;
    if (std::hypot(dx, dy) >= 0.05) aligned += std::cos(2.0 * (angle - std::atan2(dy, dx)));
  }
  OnEveryLevel([&] {
    const EdgeNormals edges{x.data(), y.data(), nx.data(), ny.data(), kCount};
    const EdgeMoments moments = EdgePatternSums().moments(edges);
    CHECK(std::abs(moments.cos4 - cos4) < 1e-4 * kCount);
    CHECK(std::abs(moments.ring_x - ring_x) < 1e-4 * kCount);
    CHECK(std::abs(moments.ray_y - ray_y) < 1e-4 * kCount);
    CHECK(std::abs(EdgePatternSums().alignment(edges, 0.1F, -0.2F, 0.05F) - aligned) < 1e-3 * kCount);
  });
}

TEST_CASE("directions fall into the bin of their angle, whatever the width, and still vectors into none") {
  std::mt19937 random(6);
  for (const int width : {1, 7, 8, 9, 100}) {
    std::vector<float> u(Index(width)), v(Index(width));
    double expected[kDirectionBins] = {};
    for (std::size_t i = 0; i < u.size(); ++i) {
      u[i] = static_cast<float>(random() % 801) / 100.0F - 4.0F;
      v[i] = static_cast<float>(random() % 803) / 100.0F - 4.01F;
      if (std::hypot(u[i], v[i]) < kStillPx) continue;
      const double turns = std::atan2(-v[i], u[i]) / (2.0 * std::numbers::pi);
      expected[static_cast<std::size_t>(std::lround(turns * 8.0) + 8) % 8] += std::hypot(u[i], v[i]);
    }
    OnEveryLevel([&] {
      float bins[kDirectionBins] = {};
      MotionRows().directions(u.data(), v.data(), width, bins);
      for (std::size_t bin = 0; bin < kDirectionBins; ++bin) CHECK(bins[bin] == doctest::Approx(expected[bin]).epsilon(1e-4));
      std::vector<float> sums(Index((width + 7) / 8) + 1, 1.0F);
      MotionRows().blocks(u.data(), width, 8, sums.data());
      for (std::size_t block = 0; block + 1 < sums.size(); ++block) {
        double sum = 1.0;
        for (std::size_t i = 8 * block; i < std::min(u.size(), 8 * block + 8); ++i) sum += u[i];
        CHECK(sums[block] == doctest::Approx(sum).epsilon(1e-4));
      }
      CHECK(sums.back() == 1.0F);
    });
  }
}

TEST_CASE("each colour belongs to the nearest slot that holds one") {
  std::mt19937 random(2);
  constexpr int kCount = 64;
  std::vector<float> y(kCount), u(kCount), v(kCount);
  for (auto* values : {&y, &u, &v}) {
    for (float& value : *values) value = static_cast<float>(random() % 256);
  }
  std::vector<DominantColor> slots(5);
  for (auto& slot : slots) slot = {{static_cast<float>(random() % 256), static_cast<float>(random() % 256), static_cast<float>(random() % 256)}, 0.2F};
  slots[3].weight = 0.0F;
  for (const int used : {0, 5}) {
    OnEveryLevel([&] {
      std::vector<std::int32_t> owner(kCount);
      std::vector<float> distance(kCount);
      DominantColorLoops().assign({y.data(), u.data(), v.data(), kCount}, slots.data(), used, owner.data(), distance.data());
      for (std::size_t i = 0; i < kCount; ++i) {
        int nearest = -1;
        float least = 3e38F;
        for (int s = 0; s < used; ++s) {
          const Yuv& c = slots[Index(s)].color;
          const float squared = (y[i] - c.y) * (y[i] - c.y) + kChromaWeight * ((u[i] - c.u) * (u[i] - c.u) + (v[i] - c.v) * (v[i] - c.v));
          if (slots[Index(s)].weight <= 0.0F || squared >= least) continue;
          least = squared;
          nearest = s;
        }
        REQUIRE(owner[i] == nearest);
        REQUIRE(distance[i] == doctest::Approx(least));
      }
    });
  }
}

TEST_CASE("limited BT.601, BT.709 and BT.2020 become full BT.601 within one step of the exact conversion") {
  const struct {
    PictureColor color;
    double red, blue;
  } kinds[] = {{PictureColor::kLimitedBt601, 0.299, 0.114}, {PictureColor::kLimitedBt709, 0.2126, 0.0722}, {PictureColor::kLimitedBt2020, 0.2627, 0.0593}};
  constexpr int kWidth = 38, kHeight = 6;
  for (const auto& kind : kinds) {
    const auto data = RandomBytes(kWidth * kHeight * 3 / 2, 4);
    const FramePlanes frame = FramePlanes::FromContiguous(data.data(), kWidth, kHeight);
    OnEveryLevel([&] {
      PictureColorConverter converter;
      const FramePlanes out = converter.ToFullBt601(frame, kind.color);
      for (int i = 0; i < kWidth * kHeight; ++i) {
        const int chroma = i / kWidth / 2 * (kWidth / 2) + i % kWidth / 2;
        const double y = (frame.y[i] - 16) * 255.0 / 219.0;
        const double u = (frame.u[chroma] - 128) * 255.0 / 224.0;
        const double v = (frame.v[chroma] - 128) * 255.0 / 224.0;
        const double r = y + 2.0 * (1.0 - kind.red) * v;
        const double b = y + 2.0 * (1.0 - kind.blue) * u;
        const double g = (y - kind.red * r - kind.blue * b) / (1.0 - kind.red - kind.blue);
        const double luma = 0.299 * r + 0.587 * g + 0.114 * b;
        REQUIRE(std::abs(out.y[i] - std::clamp(luma, 0.0, 255.0)) <= 1.0);
        REQUIRE(std::abs(out.u[chroma] - std::clamp((b - luma) / 1.772 + 128.0, 0.0, 255.0)) <= 1.0);
        REQUIRE(std::abs(out.v[chroma] - std::clamp((r - luma) / 1.402 + 128.0, 0.0, 255.0)) <= 1.0);
      }
    });
  }
}

TEST_SUITE_END();

}  // namespace kinetone::vision::testing
