// Sums over the planes. R - G and (R + G) / 2 - B do not depend on luma, so the moments of U and V are enough.
#include "vision/color_statistics.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

// BT.601 full range: R = Y + 1.402 V, G = Y - 0.344136 U - 0.714136 V, B = Y + 1.772 U, with U and V around 0.
constexpr double kRgU = 0.344136;
constexpr double kRgV = 1.402 + 0.714136;
constexpr double kYbU = -0.344136 / 2.0 - 1.772;
constexpr double kYbV = (1.402 - 0.714136) / 2.0;

}  // namespace

ColorStatistics MeasureColor(const FramePlanes& frame) {
  const ColorSumKernels& kernels = ColorSums();
  std::int64_t luma = 0;
  for (int y = 0; y < frame.height; ++y) luma += kernels.row(frame.y + static_cast<std::ptrdiff_t>(y) * frame.width, frame.width);
  const int chroma_width = frame.width / 2;
  const int chroma_height = frame.height / 2;
  ChromaSums sums;
  for (int y = 0; y < chroma_height; ++y) {
    const std::ptrdiff_t offset = static_cast<std::ptrdiff_t>(y) * chroma_width;
    kernels.chroma(frame.u + offset, frame.v + offset, chroma_width, sums);
  }
  const double count = static_cast<double>(chroma_width) * chroma_height;
  const double u = static_cast<double>(sums.u) / count;
  const double v = static_cast<double>(sums.v) / count;
  const double uu = static_cast<double>(sums.uu) / count - u * u;
  const double uv = static_cast<double>(sums.uv) / count - u * v;
  const double vv = static_cast<double>(sums.vv) / count - v * v;
  const auto mean = [&](double a, double b) { return a * u + b * v; };
  const auto variance = [&](double a, double b) { return std::max(0.0, a * a * uu + 2.0 * a * b * uv + b * b * vv); };
  const double deviation = std::sqrt(variance(kRgU, kRgV) + variance(kYbU, kYbV));
  const double distance = std::hypot(mean(kRgU, kRgV), mean(kYbU, kYbV));

  ColorStatistics out;
  out.brightness = static_cast<float>(static_cast<double>(luma) / (255.0 * frame.width * frame.height));
  out.colorfulness = static_cast<float>(std::min(1.0, (deviation + 0.3 * distance) / kExtremelyColorful));
  return out;
}

}  // namespace kinetone::vision
