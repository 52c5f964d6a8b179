// From one vector per patch to one per pixel: linear between the patch centres, on top of the dominant motion, so that the
// slope of a zoom or a rotation continues to the picture's edge.
#pragma once

#include <vector>

#include "vision/affine_motion.h"
#include "vision/flow_field.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// field, dominant: of the full-size level. out is sized to width x height. Cost: one pass over the picture.
class FlowDensifier {
 public:
  void Densify(const PatchField& field, const AffineMotion& dominant, int width, int height, FlowField& out);

 private:
  void Subtract(const PatchField& field, const AffineMotion& dominant);

  std::vector<float> u_, v_;  // of the patches, relative to the dominant motion
  std::vector<float> row_u_, row_v_;
  std::vector<GridPosition> columns_;
};

}  // namespace kinetone::vision
