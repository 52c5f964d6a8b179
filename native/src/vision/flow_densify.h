// From one vector per patch to one per pixel: linear between the patch centres, on top of the dominant motion, so that the
// slope of a zoom or a rotation continues to the picture's edge.
#pragma once

#include <vector>

#include "rt/dispatch.h"
#include "vision/affine_motion.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// One row of pixels: values at the patch columns (relative to the dominant motion, already interpolated between two rows of
// patches), what is added to them at pixel 0 and from pixel to pixel. out: width floats.
struct DensifyRow {
  const float* nodes;
  const int* origins;  // of the patch columns
  int columns;
  int width;
  float base, slope;
};

struct FlowDensifyKernels {
  // out[i] = a[i] + t * (b[i] - a[i]).
  void (*mix)(const float* a, const float* b, float t, int count, float* out);
  void (*row)(const DensifyRow& row, float* out);
};

KINETONE_DISPATCH(FlowDensifyKernels, FlowDensify)

// Any thread, one at a time.
class FlowDensifier {
 public:
  // The field that is spread from now on: copied, of a picture of this width.
  void Start(const PatchField& field, const AffineMotion& dominant, int width);

  // Rows first, first + step, .. of the picture, `count` of them: count * width floats each. Cost: one pass over them.
  void Rows(int first, int step, int count, float* u, float* v);

 private:
  int width_ = 0;
  GridAxis columns_, rows_;
  AffineMotion dominant_;
  std::vector<float> u_, v_;  // of the patches, relative to the dominant motion
  std::vector<float> row_;
};

}  // namespace kinetone::vision
