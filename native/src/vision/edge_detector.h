// Edges of a luma picture: slopes after light smoothing, thinned to lines and kept where they are strong or connected to
// something strong. Source: Sobel operator on a 5x5 binomial mean; Canny, PAMI 1986 (non-maximum suppression, hysteresis).
#pragma once

#include <cstdint>
#include <vector>

#include "rt/dispatch.h"

namespace kinetone::vision {

// One grey value per pixel of slope, in the units of the gradients (Sobel's 8 times 16 of the mean).
inline constexpr int kSlopeUnit = 128;
// The largest |gradient| any 8-bit picture can have on one axis: a step from 0 to 255.
inline constexpr int kMaxGradient = 255 * 40;
// Fixed thresholds on the slope of the smoothed picture, grey values per pixel: a step of 13 grey values can continue
// an edge, one of 32 starts one.
inline constexpr int kEdgeLow = 4;
inline constexpr int kEdgeHigh = 10;

// Gradients of one row, x to the right, y downwards, and their length within 7 %: the longer side plus 3/8 of the shorter.
struct GradientRow {
  std::int16_t *x, *y, *length;
};

struct EdgeKernels {
  // The binomial mean of five rows, times 16. line: room for width + 4 numbers. out[-1] and out[width] are written too.
  void (*smooth)(const std::uint8_t* const rows[5], int width, std::uint16_t* line, std::int16_t* out);
  // Sobel on three smoothed rows. Adds the sums of |x| and |y| to sums[0] and [1].
  void (*differentiate)(const std::int16_t* above, const std::int16_t* row, const std::int16_t* below, int width,
                        const GradientRow& out, std::int64_t sums[2]);
  // Of each pixel: is it longest across its edge and reaches kEdgeLow (any) and kEdgeHigh (strong); 0 or 1. One number before and
  // after each row is read; the first and the last pixel are never any.
  void (*suppress)(const std::int16_t* above, const GradientRow& row, const std::int16_t* below, int width, std::uint8_t* any,
                   std::uint8_t* strong);
};

KINETONE_DISPATCH(EdgeKernels, EdgeRows)

// The edge pixels in reading order, with their gradients. The outermost pixels of the picture are never edges.
struct EdgePixels {
  std::vector<std::int16_t> x, y, gx, gy;
  std::size_t count = 0;  // the vectors may be longer

  // Room for this many.
  void Reserve(std::size_t size);
};

// Keeps its working memory between calls. Any thread, one at a time.
class EdgeDetector {
 public:
  // luma: width*height bytes, row-major, read only during the call; beyond the picture its border is replicated.
  // Sides up to 16384. Cost: one pass over the picture.
  void Compute(const std::uint8_t* luma, int width, int height);

  int width() const { return width_; }
  int height() const { return height_; }
  const EdgePixels& pixels() const { return pixels_; }
  // Edge pixels / pixels, 0..1.
  float Density() const;
  // Mean |gradient| / its maximum, 0..1. A horizontal edge is one whose gradient is vertical.
  float HorizontalEdgeIntensity() const { return horizontal_; }
  float VerticalEdgeIntensity() const { return vertical_; }
  // out: width*height bytes, 255 on an edge, else 0.
  void WriteMap(std::uint8_t* out) const;

 private:
  using Word = std::uint64_t;

  void Resize(int width, int height);
  GradientRow Gradients(int y);
  void SuppressRow(int y);
  bool GrowRow(int y);
  bool GrowDirty(int first, int step);
  void Grow();
  void KeepConnected();
  Word* Row(std::vector<Word>& plane, int y) { return plane.data() + static_cast<std::size_t>(y + 1) * stride_ + 1; }

  int width_ = 0;
  int height_ = 0;
  float horizontal_ = 0.0F;
  float vertical_ = 0.0F;
  EdgePixels pixels_;
  std::vector<std::int16_t> smooth_;     // three rows in turn, one number of border on either side
  std::vector<std::uint16_t> line_;
  std::vector<std::int16_t> gradients_;  // three rows of x, y and length in turn, one number of border on either side
  std::vector<std::uint8_t> flags_;      // two rows
  // One bit per pixel, rows of whole words with one word and one row of zeros around them.
  std::size_t stride_ = 0;
  std::vector<Word> any_, strong_;
  std::vector<std::uint8_t> dirty_;  // rows whose neighbours have grown since they were looked at
};

}  // namespace kinetone::vision
