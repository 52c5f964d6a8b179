// Sums over a dense flow field.
#include "vision/motion_summary.h"

#include <cmath>
#include <numbers>

namespace kinetone::vision {
namespace {

// tan(22.5 degrees): the borders of the bins centred on the axes.
constexpr float kTan22 = 0.41421356F;

// Bins by comparison of the sides: 0 right, 1 right up, 2 up ... 7 right down; v points down.
std::size_t DirectionBin(float u, float v) {
  const float x = std::abs(u);
  const float y = std::abs(v);
  if (y < x * kTan22) return u > 0.0F ? 0 : 4;
  if (x < y * kTan22) return v < 0.0F ? 2 : 6;
  if (v < 0.0F) return u > 0.0F ? 1 : 3;
  return u > 0.0F ? 7 : 5;
}

}  // namespace

MotionSummary SummarizeMotion(const FlowField& flow, double seconds) {
  std::array<double, kDirectionBins> bins{};
  for (int y = 0; y < flow.height; ++y) {
    const auto start = static_cast<std::size_t>(y) * static_cast<std::size_t>(flow.width);
    std::array<float, kDirectionBins> row{};
    for (std::size_t i = start; i < start + static_cast<std::size_t>(flow.width); ++i) {
      const float u = flow.u[i];
      const float v = flow.v[i];
      const float squared = u * u + v * v;
      if (squared < kStillPx * kStillPx) continue;
      row[DirectionBin(u, v)] += std::sqrt(squared);
    }
    for (std::size_t bin = 0; bin < kDirectionBins; ++bin) bins[bin] += row[bin];
  }
  double sum = 0.0;
  for (const double bin : bins) sum += bin;
  MotionSummary out;
  if (sum <= 0.0) return out;
  const double pixels = static_cast<double>(flow.width) * flow.height;
  const double diagonal = std::hypot(flow.width, flow.height);
  out.average_magnitude = static_cast<float>(sum / pixels / diagonal / seconds);
  for (std::size_t bin = 0; bin < kDirectionBins; ++bin) out.directions[bin] = static_cast<float>(bins[bin] / sum);
  return out;
}

}  // namespace kinetone::vision
