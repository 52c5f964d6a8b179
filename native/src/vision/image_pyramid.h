// A luma picture at halving sizes, computed once per frame and reused while it is compared.
#pragma once

#include <cstdint>
#include <vector>

#include "rt/dispatch.h"
#include "vision/plane.h"

namespace kinetone::vision {

// The smaller side of the coarsest level is at least this many pixels (or the level is the picture itself).
inline constexpr int kCoarsestSide = 10;

struct PyramidLevel {
  Plane<std::uint8_t> luma;
  float noise_variance = 0.0F;  // of the picture's flattest parts, grey^2
};

struct ImagePyramidKernels {
  // out[x] = rounded mean of above[2x], above[2x + 1], below[2x], below[2x + 1]; 2 * width bytes of either row are read.
  void (*halve_row)(const std::uint8_t* above, const std::uint8_t* below, int width, std::uint8_t* out);
  // Sum over an 8x8 block of the squared second difference in both directions; one byte around the block is read.
  std::int32_t (*bend_energy)(const std::uint8_t* block, std::ptrdiff_t stride);
};

KINETONE_DISPATCH(ImagePyramidKernels, PyramidKernels)

// Level 0 is the picture; level n + 1 is the 2x2 mean of level n, its sides rounded up. Any thread, one at a time;
// allocates when the size changes. Build costs about one pass over 4/3 of the picture.
class ImagePyramid {
 public:
  // luma: width*height bytes, row-major; read only during the call.
  void Build(const std::uint8_t* luma, int width, int height);

  int levels() const { return static_cast<int>(levels_.size()); }
  const PyramidLevel& level(int index) const { return levels_[static_cast<std::size_t>(index)]; }

 private:
  float NoiseVariance();

  std::vector<PyramidLevel> levels_;
  std::vector<float> energies_;
};

}  // namespace kinetone::vision
