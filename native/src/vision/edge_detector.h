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

// Pixels with their gradients, one after another, in reading order.
struct EdgeLists {
  std::int16_t *x, *y, *gx, *gy;
};
// Numbers of each list beyond its end that the kernels may write to.
inline constexpr int kEdgeListMargin = 16;

struct EdgeKernels {
  // The binomial mean of five rows, times 16. line: room for width + 4 numbers. out[-1] and out[width] are written too.
  void (*smooth)(const std::uint8_t* const rows[5], int width, std::uint16_t* line, std::int16_t* out);
  // Sobel on three smoothed rows. Adds the sums of |x| and |y| to sums[0] and [1].
  void (*differentiate)(const std::int16_t* above, const std::int16_t* row, const std::int16_t* below, int width,
                        const GradientRow& out, std::int64_t sums[2]);
  // Of each pixel: is it longest across its edge and reaches kEdgeLow (any) and kEdgeHigh (strong); one bit per pixel, the
  // first one lowest. All rows hold zeros up to a whole word of pixels, and one number before and after those is read.
  void (*suppress)(const std::int16_t* above, const GradientRow& row, const std::int16_t* below, int words, std::uint64_t* any,
                   std::uint64_t* strong);
  // The bits of any that are not in row yet and touch, also at a corner, a bit of one of the three rows. One word before and
  // after each of these is read. True when there are some.
  bool (*touching)(const std::uint64_t* above, const std::uint64_t* row, const std::uint64_t* below, const std::uint64_t* any,
                   int words, std::uint64_t* out);
  // Lists the pixels of a row whose bits are set, but for y. Returns how many.
  std::size_t (*list)(const std::uint64_t* bits, const GradientRow& row, int words, const EdgeLists& out);
  // Of the listed candidates of row y, whose bits are any, those that are edges. Returns how many, and in candidates how
  // many there were.
  std::size_t (*keep)(const std::uint64_t* any, const std::uint64_t* edges, int words, int y, const EdgeLists& from,
                      const EdgeLists& out, std::size_t& candidates);
};

KINETONE_DISPATCH(EdgeKernels, EdgeRows)

// The edge pixels in reading order, with their gradients. The outermost pixels of the picture are never edges.
struct EdgePixels {
  std::vector<std::int16_t> x, y, gx, gy;
  std::size_t count = 0;  // the vectors may be longer

  // Room for this many.
  void Reserve(std::size_t size);
  EdgeLists From(std::size_t index) { return {x.data() + index, y.data() + index, gx.data() + index, gy.data() + index}; }
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
  bool GrowWord(int y, std::ptrdiff_t w);
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
  std::vector<std::int16_t> gradients_;  // three rows of x, y and length in turn, of whole words and a border
  EdgePixels candidates_;                // all pixels in any_; y is not used
  // One bit per pixel, rows of whole words with one word and one row of zeros around them.
  std::size_t stride_ = 0;
  std::vector<Word> any_, strong_;
  std::vector<Word> touching_;  // one row
  std::vector<std::uint8_t> dirty_;  // rows whose neighbours have grown since they were looked at
};

}  // namespace kinetone::vision
