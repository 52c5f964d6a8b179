// The colours of a picture as a few hundred weighted points: a coarse 3-D histogram that keeps each cell's mean.
#pragma once

#include <cstdint>
#include <vector>

#include "rt/dispatch.h"
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

// Sums over the samples of one cell.
struct alignas(16) ColorCell {
  std::uint32_t count = 0, y = 0, u = 0, v = 0;
};

// Each chroma sample, or each second one, of a row with the four luma samples it belongs to.
struct ColorRow {
  const std::uint8_t *top, *bottom, *u, *v;
  int width;  // of chroma
  int step;   // 1 or 2
};

struct ColorHistogramKernels {
  // The samples' cells, and the samples: 1, y, u and v in the bytes of a number, from the lowest on.
  void (*sample)(const ColorRow& row, std::uint32_t* cells, std::uint32_t* samples);
  // Adds samples to their cells; a cell that was empty is noted in occupied. Returns how many are noted then.
  std::size_t (*add)(const std::uint32_t* indices, const std::uint32_t* samples, int count, ColorCell* cells,
                     std::uint32_t* occupied, std::size_t occupied_count);
};

KINETONE_DISPATCH(ColorHistogramKernels, ColorHistogramRows)

// Keeps its working memory between calls.
class ColorHistogram {
 public:
  // Samples every second chroma position in both directions (each stands for a 4x4 block), all of them in small pictures.
  void Compute(const FramePlanes& frame);

  // Occupied cells in order of first appearance; the weights sum to 1.
  const std::vector<ColorPoint>& points() const { return points_; }

 private:
  std::vector<ColorCell> cells_;
  std::vector<std::uint32_t> indices_, samples_;  // of one row
  std::vector<std::uint32_t> occupied_;           // as many as there are cells, and one; those in use come first
  std::size_t occupied_count_ = 0;
  std::vector<ColorPoint> points_;
};

}  // namespace kinetone::vision
