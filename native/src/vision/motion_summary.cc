// Sums over a dense flow field.
#include "vision/motion_summary.h"

#include <cmath>

namespace kinetone::vision {

void MotionSum::Add(const float* u, const float* v, int rows) {
  const MotionKernels& kernels = MotionRows();
  for (int y = 0; y < rows; ++y) {
    const std::ptrdiff_t start = static_cast<std::ptrdiff_t>(y) * width_;
    float row[kDirectionBins] = {};
    kernels.directions(u + start, v + start, width_, row);
    for (std::size_t bin = 0; bin < kDirectionBins; ++bin) bins_[bin] += row[bin];
  }
  rows_ += rows;
}

MotionSummary MotionSum::Summary(double seconds) const {
  double sum = 0.0;
  for (const double bin : bins_) sum += bin;
  MotionSummary out;
  if (sum <= 0.0) return out;
  const double pixels = static_cast<double>(width_) * rows_;
  const double diagonal = std::hypot(width_, height_);
  out.average_magnitude = static_cast<float>(sum / pixels / diagonal / seconds);
  for (std::size_t bin = 0; bin < kDirectionBins; ++bin) out.directions[bin] = static_cast<float>(bins_[bin] / sum);
  return out;
}

MotionSummary SummarizeMotion(const FlowField& flow, double seconds) {
  MotionSum sum(flow.width, flow.height);
  sum.Add(flow.u.data(), flow.v.data(), flow.height);
  return sum.Summary(seconds);
}

}  // namespace kinetone::vision
