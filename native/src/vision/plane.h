// A picture plane with a border of replicated samples, so that a patch hanging over the edge reads defined memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kinetone::vision {

// Samples of border on every side; a patch + the reach of a warped one beyond the picture (patch_search.h).
inline constexpr int kPlaneBorder = 24;

// width x height samples, row-major. Row(y) is valid for y in [-kPlaneBorder, height + kPlaneBorder) and may be
// indexed over [-kPlaneBorder, width + kPlaneBorder). Allocates in Resize only.
template <typename Sample>
class Plane {
 public:
  void Resize(int width, int height) {
    if (width == width_ && height == height_) return;
    width_ = width;
    height_ = height;
    stride_ = width + 2 * kPlaneBorder;
    samples_.assign(static_cast<std::size_t>(stride_) * static_cast<std::size_t>(height + 2 * kPlaneBorder), Sample{});
  }

  int width() const { return width_; }
  int height() const { return height_; }
  std::ptrdiff_t stride() const { return stride_; }

  Sample* Row(int y) { return samples_.data() + Offset(y); }
  const Sample* Row(int y) const { return samples_.data() + Offset(y); }

  // Fills the border from the outermost samples of the picture.
  void ReplicateBorder() {
    for (int y = 0; y < height_; ++y) {
      Sample* row = Row(y);
      std::fill(row - kPlaneBorder, row, row[0]);
      std::fill(row + width_, row + width_ + kPlaneBorder, row[width_ - 1]);
    }
    for (int y = 1; y <= kPlaneBorder; ++y) {
      CopyRow(0, -y);
      CopyRow(height_ - 1, height_ - 1 + y);
    }
  }

 private:
  std::ptrdiff_t Offset(int y) const { return (y + kPlaneBorder) * stride_ + kPlaneBorder; }

  void CopyRow(int from, int to) {
    const Sample* source = Row(from) - kPlaneBorder;
    std::copy(source, source + stride_, Row(to) - kPlaneBorder);
  }

  int width_ = 0;
  int height_ = 0;
  std::ptrdiff_t stride_ = 0;
  std::vector<Sample> samples_;
};

}  // namespace kinetone::vision
