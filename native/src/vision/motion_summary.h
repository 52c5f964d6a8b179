// What a dense flow field says as a whole: how much moves, and where to.
#pragma once

#include <array>

#include "rt/dispatch.h"
#include "vision/feature_row.h"
#include "vision/optical_flow.h"

namespace kinetone::vision {

// A vector shorter than this, in pixels per comparison, counts as still.
inline constexpr float kStillPx = 0.25F;

struct MotionSummary {
  float average_magnitude = 0.0F;  // mean |v| over all pixels, fraction of the diagonal per second
  // Weighted by magnitude; bin 0 centred on right, counter-clockwise (bin 2 = up); sums to 1, all 0 when nothing moves.
  std::array<float, kDirectionBins> directions{};
};

struct MotionKernels {
  // Adds the magnitudes of a row's vectors to their directions' bins; still ones add nothing.
  void (*directions)(const float* u, const float* v, int width, float bins[kDirectionBins]);
  // Adds each run of `block` numbers of a row to the next number of `sums`.
  void (*blocks)(const float* row, int width, int block, float* sums);
  // out[x] = the sum of rows[0..count)[x], rows lying `width` numbers apart.
  void (*rows)(const float* first, int count, int width, float* out);
};

KINETONE_DISPATCH(MotionKernels, MotionRows)

// Adds up a field, or rows of it that stand for the others, some at a time.
class MotionSum {
 public:
  // Of the picture.
  MotionSum(int width, int height) : width_(width), height_(height) {}
  // u, v: rows * width floats.
  void Add(const float* u, const float* v, int rows);
  // seconds: the time between the two pictures, > 0.
  MotionSummary Summary(double seconds) const;

 private:
  int width_;
  int height_;
  int rows_ = 0;  // added so far
  std::array<double, kDirectionBins> bins_{};
};

// The same of a whole field. Cost: one pass over it.
MotionSummary SummarizeMotion(const FlowField& flow, double seconds);

}  // namespace kinetone::vision
