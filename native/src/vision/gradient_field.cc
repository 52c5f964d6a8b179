// Binomial smoothing and Sobel differences in 16-bit integers, exact: 16 * 255 * 4 fits.
#include "vision/gradient_field.h"

#include <algorithm>
#include <cstdlib>

namespace kinetone::vision {

void GradientField::SmoothRow(const std::uint8_t* luma, int y, std::int16_t* out) const {
  const std::uint8_t* row = luma + Offset(y);
  const std::uint8_t* above = luma + Offset(std::max(y - 1, 0));
  const std::uint8_t* below = luma + Offset(std::min(y + 1, height_ - 1));
  const auto column = [&](int x) { return above[x] + 2 * row[x] + below[x]; };
  const int last = width_ - 1;
  for (int x = 1; x < last; ++x) {
    out[x] = static_cast<std::int16_t>(column(x - 1) + 2 * column(x) + column(x + 1));
  }
  out[0] = static_cast<std::int16_t>(3 * column(0) + column(std::min(1, last)));
  out[last] = static_cast<std::int16_t>(column(std::max(last - 1, 0)) + 3 * column(last));
  out[-1] = out[0];
  out[width_] = out[last];
}

void GradientField::DifferentiateRow(const std::int16_t* above, const std::int16_t* row, const std::int16_t* below, int y) {
  std::int16_t* gx = x_.data() + Offset(y);
  std::int16_t* gy = y_.data() + Offset(y);
  for (int x = 0; x < width_; ++x) {
    gx[x] = static_cast<std::int16_t>((above[x + 1] - above[x - 1]) + 2 * (row[x + 1] - row[x - 1]) +
                                      (below[x + 1] - below[x - 1]));
    gy[x] = static_cast<std::int16_t>((below[x - 1] - above[x - 1]) + 2 * (below[x] - above[x]) +
                                      (below[x + 1] - above[x + 1]));
  }
}

void GradientField::Compute(const std::uint8_t* luma, int width, int height) {
  width_ = width;
  height_ = height;
  const auto pixels = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  const auto stride = static_cast<std::size_t>(width) + 2;
  x_.resize(pixels);
  y_.resize(pixels);
  smooth_.resize(3 * stride);
  const auto line = [&](int y) { return smooth_.data() + static_cast<std::size_t>(y % 3) * stride + 1; };
  SmoothRow(luma, 0, line(0));
  std::int64_t sum_x = 0;
  std::int64_t sum_y = 0;
  for (int y = 0; y < height; ++y) {
    if (y + 1 < height) SmoothRow(luma, y + 1, line(y + 1));
    DifferentiateRow(line(std::max(y - 1, 0)), line(y), line(std::min(y + 1, height - 1)), y);
    std::int32_t row_x = 0;
    std::int32_t row_y = 0;
    for (int x = 0; x < width; ++x) {
      row_x += std::abs(X(y)[x]);
      row_y += std::abs(Y(y)[x]);
    }
    sum_x += row_x;
    sum_y += row_y;
  }
  const double scale = 1.0 / (static_cast<double>(pixels) * kMaxGradient);
  vertical_ = static_cast<float>(static_cast<double>(sum_x) * scale);
  horizontal_ = static_cast<float>(static_cast<double>(sum_y) * scale);
}

}  // namespace kinetone::vision
