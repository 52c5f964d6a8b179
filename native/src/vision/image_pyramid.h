// A luma picture at halving sizes with the gradients of each, computed once per frame and reused while it is compared.
#pragma once

#include <cstdint>
#include <vector>

#include "vision/plane.h"

namespace kinetone::vision {

// The smaller side of the coarsest level is at least this many pixels (or the level is the picture itself).
inline constexpr int kCoarsestSide = 10;

struct PyramidLevel {
  Plane<std::uint8_t> luma;
  Plane<std::int16_t> gradient_x;  // luma[x + 1] - luma[x - 1]: twice the slope, in grey values per pixel
  Plane<std::int16_t> gradient_y;
  float noise_variance = 0.0F;  // of the picture's flattest parts, grey^2
};

// Level 0 is the picture; level n + 1 is the 2x2 mean of level n, its sides rounded up. Any thread, one at a time;
// allocates when the size changes. Build costs about one pass over 4/3 of the picture.
class ImagePyramid {
 public:
  // luma: width*height bytes, row-major; read only during the call.
  void Build(const std::uint8_t* luma, int width, int height);

  int levels() const { return static_cast<int>(levels_.size()); }
  const PyramidLevel& level(int index) const { return levels_[static_cast<std::size_t>(index)]; }

 private:
  std::vector<PyramidLevel> levels_;
};

}  // namespace kinetone::vision
