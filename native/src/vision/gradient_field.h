// Slopes of the luma picture after light smoothing: what edges, intensities and patterns are measured on.
// Source: Sobel operator (Duda and Hart, 1973) applied to a 5x5 binomial mean.
#pragma once

#include <cstdint>
#include <vector>

namespace kinetone::vision {

// One grey value per pixel of slope, in the units of the gradients (Sobel's 8 times 16 of the mean).
inline constexpr int kSlopeUnit = 128;
// The largest |gradient| any 8-bit picture can have on one axis: a step from 0 to 255.
inline constexpr int kMaxGradient = 255 * 40;

// height * width, row-major. x grows to the right, y downwards; beyond the picture its border is replicated.
class GradientField {
 public:
  // luma: width*height bytes. Allocates when the size changes. Cost: two passes over the picture.
  void Compute(const std::uint8_t* luma, int width, int height);

  int width() const { return width_; }
  int height() const { return height_; }
  const std::int16_t* X(int y) const { return x_.data() + Offset(y); }
  const std::int16_t* Y(int y) const { return y_.data() + Offset(y); }

  // Mean |gradient| / its maximum, 0..1. A horizontal edge is one whose gradient is vertical.
  float HorizontalEdgeIntensity() const { return horizontal_; }
  float VerticalEdgeIntensity() const { return vertical_; }

 private:
  std::size_t Offset(int y) const { return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_); }
  void SmoothRow(const std::uint8_t* luma, int y, std::int16_t* out);
  void DifferentiateRow(const std::int16_t* above, const std::int16_t* row, const std::int16_t* below, int y);

  int width_ = 0;
  int height_ = 0;
  float horizontal_ = 0.0F;
  float vertical_ = 0.0F;
  std::vector<std::int16_t> x_, y_;
  std::vector<std::int16_t> smooth_;       // three rows in turn, one sample of border on either side
  std::vector<std::int16_t> column_sums_;  // one row, two samples of border
};

}  // namespace kinetone::vision
