// Sums over a dense flow field.
#include "vision/motion_summary.h"

#include <cmath>

namespace kinetone::vision {
MotionSummary SummarizeMotion(const FlowField& flow, double seconds) {
  std::array<double, kDirectionBins> bins{};
  for (int y = 0; y < flow.height; ++y) {
    const auto start = static_cast<std::size_t>(y) * static_cast<std::size_t>(flow.width);
    float row[kDirectionBins] = {};
    MotionRows().directions(&flow.u[start], &flow.v[start], flow.width, row);
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
