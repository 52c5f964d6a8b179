// 16 steps of luma by 32 by 32 of chroma, where most of a picture's colours lie close together.
#include "vision/color_histogram.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

constexpr std::size_t kCells = 16 * 32 * 32;
constexpr int kSmallChroma = 64 * 64;

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
  occupied_.resize(kCells + 1);
  for (std::size_t i = 0; i < occupied_count_; ++i) cells_[occupied_[i]] = {};
  occupied_count_ = 0;
  const int width = frame.width / 2;
  const int height = frame.height / 2;
  const int step = width * height > kSmallChroma ? 2 : 1;
  const int columns = (width + step - 1) / step;
  indices_.resize(static_cast<std::size_t>(columns));
  samples_.resize(static_cast<std::size_t>(columns));
  const ColorHistogramKernels& kernels = ColorHistogramRows();
  for (int cy = 0; cy < height; cy += step) {
    const std::uint8_t* top = frame.y + static_cast<std::ptrdiff_t>(2 * cy) * frame.width;
    const std::ptrdiff_t chroma = static_cast<std::ptrdiff_t>(cy) * width;
    kernels.sample({top, top + frame.width, frame.u + chroma, frame.v + chroma, width, step}, indices_.data(), samples_.data());
    occupied_count_ = kernels.add(indices_.data(), samples_.data(), columns, cells_.data(), occupied_.data(), occupied_count_);
  }
  const float total = static_cast<float>(columns * ((height + step - 1) / step));
  points_.clear();
  for (std::size_t i = 0; i < occupied_count_; ++i) {
    const ColorCell& cell = cells_[occupied_[i]];
    const float one = 1.0F / static_cast<float>(cell.count);
    points_.push_back({{static_cast<float>(cell.y) * one, static_cast<float>(cell.u) * one, static_cast<float>(cell.v) * one},
                       static_cast<float>(cell.count) / total});
  }
}

}  // namespace kinetone::vision
