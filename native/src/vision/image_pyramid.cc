// Building an ImagePyramid: 2x2 means and central differences.
#include "vision/image_pyramid.h"

#include <algorithm>

namespace kinetone::vision {
namespace {

int LevelCount(int width, int height) {
  int count = 1;
  while (std::min((width + 1) / 2, (height + 1) / 2) >= kCoarsestSide) {
    width = (width + 1) / 2;
    height = (height + 1) / 2;
    ++count;
  }
  return count;
}

void CopyPicture(const std::uint8_t* luma, Plane<std::uint8_t>& out) {
  for (int y = 0; y < out.height(); ++y) {
    std::copy_n(luma + static_cast<std::ptrdiff_t>(y) * out.width(), out.width(), out.Row(y));
  }
  out.ReplicateBorder();
}

// An odd side takes its missing neighbour from the replicated border.
void HalveInto(const Plane<std::uint8_t>& fine, Plane<std::uint8_t>& out) {
  const int width = out.width();
  for (int y = 0; y < out.height(); ++y) {
    const std::uint8_t* a = fine.Row(2 * y);
    const std::uint8_t* b = fine.Row(2 * y + 1);
    std::uint8_t* o = out.Row(y);
    for (int x = 0; x < width; ++x) {
      o[x] = static_cast<std::uint8_t>((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) >> 2);
    }
  }
  out.ReplicateBorder();
}

void Differentiate(PyramidLevel& level) {
  const int width = level.luma.width();
  const int height = level.luma.height();
  level.gradient_x.Resize(width, height);
  level.gradient_y.Resize(width, height);
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = level.luma.Row(y);
    const std::uint8_t* above = level.luma.Row(y - 1);
    const std::uint8_t* below = level.luma.Row(y + 1);
    std::int16_t* gx = level.gradient_x.Row(y);
    std::int16_t* gy = level.gradient_y.Row(y);
    for (int x = 0; x < width; ++x) {
      gx[x] = static_cast<std::int16_t>(row[x + 1] - row[x - 1]);
      gy[x] = static_cast<std::int16_t>(below[x] - above[x]);
    }
  }
  // The border stays 0: outside the picture nothing is known about its slope.
}

}  // namespace

void ImagePyramid::Build(const std::uint8_t* luma, int width, int height) {
  const int count = LevelCount(width, height);
  levels_.resize(static_cast<std::size_t>(count));
  for (int index = 0; index < count; ++index) {
    PyramidLevel& out = levels_[static_cast<std::size_t>(index)];
    out.luma.Resize(width, height);
    if (index == 0) {
      CopyPicture(luma, out.luma);
    } else {
      HalveInto(levels_[static_cast<std::size_t>(index - 1)].luma, out.luma);
    }
    Differentiate(out);
    width = (width + 1) / 2;
    height = (height + 1) / 2;
  }
}

}  // namespace kinetone::vision
