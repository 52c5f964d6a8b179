// 16 steps of luma by 32 by 32 of chroma, where most of a picture's colours lie close together.
#include "vision/color_histogram.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

constexpr std::size_t kCells = 16 * 32 * 32;
constexpr int kSmallChroma = 64 * 64;

std::uint32_t CellIndex(int y, int u, int v) {
  return static_cast<std::uint32_t>(((y >> 4) << 10) | ((u >> 3) << 5) | (v >> 3));
}

std::uint32_t Byte(float value) { return static_cast<std::uint32_t>(std::lround(std::clamp(value, 0.0F, 255.0F))); }

}  // namespace

std::uint32_t PackedSrgb(const Yuv& color) {
  const float u = color.u - 128.0F;
  const float v = color.v - 128.0F;
  const std::uint32_t red = Byte(color.y + 1.402F * v);
  const std::uint32_t green = Byte(color.y - 0.344136F * u - 0.714136F * v);
  const std::uint32_t blue = Byte(color.y + 1.772F * u);
  return red << 16 | green << 8 | blue;
}

void ColorHistogram::Compute(const FramePlanes& frame) {
  cells_.resize(kCells);
  for (const std::uint32_t index : occupied_) cells_[index] = {};
  occupied_.clear();
  const int width = frame.width / 2;
  const int height = frame.height / 2;
  const int step = width * height > kSmallChroma ? 2 : 1;
  std::uint32_t total = 0;
  for (int cy = 0; cy < height; cy += step) {
    const std::uint8_t* top = frame.y + static_cast<std::ptrdiff_t>(2 * cy) * frame.width;
    const std::uint8_t* bottom = top + frame.width;
    const std::ptrdiff_t chroma = static_cast<std::ptrdiff_t>(cy) * width;
    for (int cx = 0; cx < width; cx += step) {
      const int y = (top[2 * cx] + top[2 * cx + 1] + bottom[2 * cx] + bottom[2 * cx + 1] + 2) >> 2;
      const int u = frame.u[chroma + cx];
      const int v = frame.v[chroma + cx];
      const std::uint32_t index = CellIndex(y, u, v);
      Cell& cell = cells_[index];
      if (cell.count == 0) occupied_.push_back(index);
      ++cell.count;
      cell.y += static_cast<std::uint32_t>(y);
      cell.u += static_cast<std::uint32_t>(u);
      cell.v += static_cast<std::uint32_t>(v);
      ++total;
    }
  }
  points_.clear();
  for (const std::uint32_t index : occupied_) {
    const Cell& cell = cells_[index];
    const float one = 1.0F / static_cast<float>(cell.count);
    points_.push_back({{static_cast<float>(cell.y) * one, static_cast<float>(cell.u) * one, static_cast<float>(cell.v) * one},
                       static_cast<float>(cell.count) / static_cast<float>(total)});
  }
}

}  // namespace kinetone::vision
