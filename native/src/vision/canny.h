// Edge map: thin, connected lines of strong slope. Source: Canny, PAMI 1986 (non-maximum suppression and hysteresis).
#pragma once

#include <cstdint>
#include <vector>

#include "vision/gradient_field.h"

namespace kinetone::vision {

// Fixed thresholds on the slope of the smoothed picture, grey values per pixel: a step of 13 grey values can continue
// an edge, one of 32 starts one.
inline constexpr int kEdgeLow = 4;
inline constexpr int kEdgeHigh = 10;

// Keeps its working memory between calls. Any thread, one at a time.
class CannyEdges {
 public:
  // The outermost pixels of the picture are never edges.
  void Compute(const GradientField& gradients);

  // height * width, row-major: 255 on an edge, else 0.
  const std::vector<std::uint8_t>& map() const { return map_; }
  // Indices into the map of its edge pixels, in no particular order.
  const std::vector<std::int32_t>& pixels() const { return pixels_; }
  // Edge pixels / pixels, 0..1.
  float Density() const;

 private:
  void MagnitudeRow(const GradientField& gradients, int y, std::int16_t* out) const;
  void SuppressRow(const GradientField& gradients, int y, const std::int16_t* above, const std::int16_t* row,
                   const std::int16_t* below);
  void Grow(int width);

  std::vector<std::uint8_t> map_;
  std::vector<std::int32_t> pixels_;
  std::vector<std::int16_t> magnitude_;  // three rows in turn
};

}  // namespace kinetone::vision
