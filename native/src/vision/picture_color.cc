// Coefficients of the change, and its order.
#include "vision/picture_color.h"

#include <cmath>

namespace kinetone::vision {
namespace {

struct LumaWeights {
  double red, blue;
};

LumaWeights WeightsOf(PictureColor color) {
  if (color == PictureColor::kLimitedBt709) return {0.2126, 0.0722};
  if (color == PictureColor::kLimitedBt2020) return {0.2627, 0.0593};
  return {0.299, 0.114};
}

struct Yuv601 {
  double y, u, v;
};

// What a unit of u or v of the given weights is in BT.601, at y = 0.
Yuv601 InBt601(LumaWeights from, double u, double v) {
  const double red = 2.0 * (1.0 - from.red) * v;
  const double blue = 2.0 * (1.0 - from.blue) * u;
  const double green = -(from.red * red + from.blue * blue) / (1.0 - from.red - from.blue);
  const double y = 0.299 * red + 0.587 * green + 0.114 * blue;
  return {y, (blue - y) / 1.772, (red - y) / 1.402};
}

}  // namespace

ColorChange ChangeOf(PictureColor color) {
  constexpr double kOne = 1 << 14;
  constexpr double kLuma = 255.0 / 219.0;
  constexpr double kChroma = 255.0 / 224.0;
  const auto fixed = [](double value) { return static_cast<std::int32_t>(std::lround(value * kOne)); };
  const Yuv601 u = InBt601(WeightsOf(color), kChroma, 0.0);
  const Yuv601 v = InBt601(WeightsOf(color), 0.0, kChroma);
  return {fixed(kLuma), fixed(u.y), fixed(v.y), fixed(u.u), fixed(v.u), fixed(u.v), fixed(v.v)};
}

FramePlanes PictureColorConverter::ToFullBt601(const FramePlanes& frame, PictureColor color) {
  if (color == PictureColor::kFullBt601) return frame;
  const auto pixels = static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height);
  planes_.resize(pixels * 3 / 2);
  light_.resize(static_cast<std::size_t>(frame.width));
  const ColorChange change = ChangeOf(color);
  const PictureColorKernels& kernels = PictureColorRows();
  const int width = frame.width / 2;
  std::uint8_t* y = planes_.data();
  std::uint8_t* u = y + pixels;
  std::uint8_t* v = u + pixels / 4;
  for (int row = 0; row < frame.height / 2; ++row) {
    const std::ptrdiff_t chroma = static_cast<std::ptrdiff_t>(row) * width;
    const std::ptrdiff_t luma = 4 * chroma;
    kernels.chroma_row(change, frame.u + chroma, frame.v + chroma, width, u + chroma, v + chroma, light_.data());
    kernels.luma_row(change, frame.y + luma, light_.data(), frame.width, y + luma);
    kernels.luma_row(change, frame.y + luma + frame.width, light_.data(), frame.width, y + luma + frame.width);
  }
  return FramePlanes::FromContiguous(planes_.data(), frame.width, frame.height);
}

}  // namespace kinetone::vision
