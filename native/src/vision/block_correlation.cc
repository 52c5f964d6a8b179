// Normalised correlation of motion-compensated blocks.
#include "vision/block_correlation.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

constexpr int kSide = 16;
// Variance added to both sides (grey^2): what noise and compression may change in a flat block.
constexpr float kFlat = 16.0F;
// Blocks of which fewer pixels can be compared are left out.
constexpr int kLeastPixels = 8;

struct Moments {
  std::int32_t n = 0, a = 0, b = 0, aa = 0, bb = 0, ab = 0;

  void Add(std::int32_t pa, std::int32_t pb) {
    ++n;
    a += pa;
    b += pb;
    aa += pa * pa;
    bb += pb * pb;
    ab += pa * pb;
  }
};

int Nearest(float value) { return static_cast<int>(value + (value < 0.0F ? -0.5F : 0.5F)); }

Moments MeasureBlock(const Plane<std::uint8_t>& before, const Plane<std::uint8_t>& now, const FlowField& flow, int left,
                     int top) {
  Moments moments;
  for (int y = top; y < std::min(top + kSide, before.height()); ++y) {
    const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(before.width());
    for (int x = left; x < std::min(left + kSide, before.width()); ++x) {
      const std::size_t i = row + static_cast<std::size_t>(x);
      const int to_x = x + Nearest(flow.u[i]);
      const int to_y = y + Nearest(flow.v[i]);
      if (to_x < 0 || to_y < 0 || to_x >= now.width() || to_y >= now.height()) continue;
      moments.Add(before.Row(y)[x], now.Row(to_y)[to_x]);
    }
  }
  return moments;
}

// The same without motion.
Moments MeasureStillBlock(const Plane<std::uint8_t>& before, const Plane<std::uint8_t>& now, int left, int top) {
  const int width = std::min(kSide, before.width() - left);
  Moments moments;
  for (int y = top; y < std::min(top + kSide, before.height()); ++y) {
    const std::uint8_t *a = before.Row(y) + left, *b = now.Row(y) + left;
    for (int x = 0; x < width; ++x) moments.Add(a[x], b[x]);
  }
  return moments;
}

}  // namespace

float UncorrelatedShare(const Plane<std::uint8_t>& before, const Plane<std::uint8_t>& now, const FlowField* flow) {
  float total = 0.0F;
  float lost = 0.0F;
  for (int top = 0; top < before.height(); top += kSide) {
    for (int left = 0; left < before.width(); left += kSide) {
      const Moments m = flow == nullptr ? MeasureStillBlock(before, now, left, top) : MeasureBlock(before, now, *flow, left, top);
      if (m.n < kLeastPixels) continue;
      const float one = 1.0F / static_cast<float>(m.n);
      const float mean_a = static_cast<float>(m.a) * one;
      const float mean_b = static_cast<float>(m.b) * one;
      const float variance_a = std::max(0.0F, static_cast<float>(m.aa) * one - mean_a * mean_a) + kFlat;
      const float variance_b = std::max(0.0F, static_cast<float>(m.bb) * one - mean_b * mean_b) + kFlat;
      const float covariance = static_cast<float>(m.ab) * one - mean_a * mean_b + kFlat;
      const float correlation = covariance / std::sqrt(variance_a * variance_b);
      const float weight = std::sqrt(std::max(variance_a, variance_b));
      total += weight;
      lost += weight * std::clamp(1.0F - correlation, 0.0F, 1.0F);
    }
  }
  return total > 0.0F ? lost / total : 0.0F;
}

}  // namespace kinetone::vision
