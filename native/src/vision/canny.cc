// Non-maximum suppression row by row, then growth of weak edges from strong ones.
#include "vision/canny.h"

#include <algorithm>
#include <cstdlib>

namespace kinetone::vision {
namespace {

constexpr std::uint8_t kNone = 0;
constexpr std::uint8_t kWeak = 1;
constexpr std::uint8_t kEdge = 255;
constexpr int kLow = kEdgeLow * kSlopeUnit;
constexpr int kHigh = kEdgeHigh * kSlopeUnit;
// tan(22.5 degrees) in 1/256: between the sectors of the four neighbour pairs.
constexpr int kTan22 = 106;

}  // namespace

// Length of the gradient within 7 %: the longer side plus 3/8 of the shorter.
void CannyEdges::MagnitudeRow(const GradientField& gradients, int y, std::int16_t* out) const {
  const std::int16_t* gx = gradients.X(y);
  const std::int16_t* gy = gradients.Y(y);
  for (int x = 0; x < gradients.width(); ++x) {
    const auto ax = static_cast<std::int16_t>(std::abs(gx[x]));
    const auto ay = static_cast<std::int16_t>(std::abs(gy[x]));
    const std::int16_t longer = std::max(ax, ay);
    const std::int16_t shorter = std::min(ax, ay);
    out[x] = static_cast<std::int16_t>(longer + ((shorter >> 2) + (shorter >> 3)));
  }
}

void CannyEdges::SuppressRow(const GradientField& gradients, int y, const std::int16_t* above, const std::int16_t* row,
                             const std::int16_t* below) {
  const int width = gradients.width();
  const std::int16_t* gx = gradients.X(y);
  const std::int16_t* gy = gradients.Y(y);
  const std::int32_t start = y * width;
  for (int x = 1; x + 1 < width; ++x) {
    const int m = row[x];
    if (m < kLow) continue;
    const int ax = std::abs(gx[x]);
    const int ay = std::abs(gy[x]);
    int before;
    int after;
    if (ay * 256 <= ax * kTan22) {
      before = row[x - 1];
      after = row[x + 1];
    } else if (ax * 256 <= ay * kTan22) {
      before = above[x];
      after = below[x];
    } else {
      const int slant = (gx[x] ^ gy[x]) < 0 ? -1 : 1;
      before = above[x - slant];
      after = below[x + slant];
    }
    // One side strict: of two equal neighbours one survives.
    if (m <= before || m < after) continue;
    if (m >= kHigh) {
      map_[static_cast<std::size_t>(start + x)] = kEdge;
      pixels_.push_back(start + x);
    } else {
      map_[static_cast<std::size_t>(start + x)] = kWeak;
    }
  }
}

// Breadth first from the strong edges; pixels_ is the queue and ends as the list of all edge pixels.
void CannyEdges::Grow(int width) {
  const std::int32_t neighbours[] = {-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1};
  for (std::size_t next = 0; next < pixels_.size(); ++next) {
    const std::int32_t at = pixels_[next];
    for (const std::int32_t offset : neighbours) {
      std::uint8_t& mark = map_[static_cast<std::size_t>(at + offset)];
      if (mark != kWeak) continue;
      mark = kEdge;
      pixels_.push_back(at + offset);
    }
  }
  for (std::uint8_t& mark : map_) mark = mark == kEdge ? kEdge : kNone;
}

void CannyEdges::Compute(const GradientField& gradients) {
  const int width = gradients.width();
  const int height = gradients.height();
  const auto stride = static_cast<std::size_t>(width);
  map_.assign(stride * static_cast<std::size_t>(height), kNone);
  pixels_.clear();
  magnitude_.resize(3 * stride);
  const auto line = [&](int y) { return magnitude_.data() + static_cast<std::size_t>(y % 3) * stride; };
  if (height < 3) return;
  MagnitudeRow(gradients, 0, line(0));
  MagnitudeRow(gradients, 1, line(1));
  for (int y = 1; y + 1 < height; ++y) {
    MagnitudeRow(gradients, y + 1, line(y + 1));
    SuppressRow(gradients, y, line(y - 1), line(y), line(y + 1));
  }
  Grow(width);
}

float CannyEdges::Density() const {
  return map_.empty() ? 0.0F : static_cast<float>(pixels_.size()) / static_cast<float>(map_.size());
}

}  // namespace kinetone::vision
