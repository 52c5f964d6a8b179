// Binomial smoothing and Sobel differences in 16-bit integers: 16 * 255 * 4 fits.
#include "vision/gradient_field.h"

#include <algorithm>
#include <cstdlib>

namespace kinetone::vision {

// Columns first, into a line with two samples of border, then along it; 16 times the mean.
void GradientField::SmoothRow(const std::uint8_t* luma, int y, std::int16_t* out) {
  const auto row = [&](int offset) { return luma + Offset(std::clamp(y + offset, 0, height_ - 1)); };
  const std::uint8_t* a = row(-2);
  const std::uint8_t* b = row(-1);
  const std::uint8_t* c = row(0);
  const std::uint8_t* d = row(1);
  const std::uint8_t* e = row(2);
  std::int16_t* line = column_sums_.data() + 2;
  for (int x = 0; x < width_; ++x) line[x] = static_cast<std::int16_t>(a[x] + e[x] + 4 * (b[x] + d[x]) + 6 * c[x]);
  line[-2] = line[-1] = line[0];
  line[width_] = line[width_ + 1] = line[width_ - 1];
  for (int x = 0; x < width_; ++x) {
    out[x] = static_cast<std::int16_t>((line[x - 2] + line[x + 2] + 4 * (line[x - 1] + line[x + 1]) + 6 * line[x] + 8) >> 4);
  }
  out[-1] = out[0];
  out[width_] = out[width_ - 1];
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
  column_sums_.resize(stride + 2);
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
