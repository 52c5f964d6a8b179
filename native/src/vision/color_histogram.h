// The colours of a picture as a few hundred weighted points: a coarse 3-D histogram that keeps each cell's mean.
#pragma once

#include <cstdint>
#include <vector>

#include "vision/frame_planes.h"

namespace kinetone::vision {

// A colour in the picture's own terms: y 0..255, u and v 0..255 with grey at 128.
struct Yuv {
  float y = 0.0F;
  float u = 128.0F;
  float v = 128.0F;
};

struct ColorPoint {
  Yuv color;
  float weight;  // share of the picture, 0..1
};

// 0xRRGGBB, BT.601 full range, clipped to the sRGB gamut.
std::uint32_t PackedSrgb(const Yuv& color);

// Keeps its working memory between calls.
class ColorHistogram {
 public:
  // Samples every second chroma position in both directions (each stands for a 4x4 block), all of them in small pictures.
  void Compute(const FramePlanes& frame);

  // Occupied cells in order of first appearance; the weights sum to 1.
  const std::vector<ColorPoint>& points() const { return points_; }

 private:
  struct Cell {
    std::uint32_t count = 0, y = 0, u = 0, v = 0;
  };

  std::vector<Cell> cells_;
  std::vector<std::uint32_t> occupied_;
  std::vector<ColorPoint> points_;
};

}  // namespace kinetone::vision
