// Dense optical flow between two luma pictures: coarse to fine, patches matched by inverse search, smoothed on the
// patch grid, then spread to every pixel. Source: Kroeger et al., ECCV 2016 (DIS), with the refinement replaced.
#pragma once

#include <cstdint>
#include <vector>

#include "vision/affine_motion.h"
#include "vision/flow_densify.h"
#include "vision/flow_field.h"
#include "vision/flow_smoothing.h"
#include "vision/image_pyramid.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// Keeps its working memory between calls. Any thread, one at a time.
class OpticalFlow {
 public:
  // finest_stride: pixels between patches of the full-size level, 4..8. 8 gives the most for its cost; 4 is for pictures so small
  // that a patch covers much of them.
  explicit OpticalFlow(int finest_stride = kPatchSize) : finest_stride_(finest_stride) {}

  // from, to: pyramids of pictures of one size. out is overwritten. Never throws on content.
  void Compute(const ImagePyramid& from, const ImagePyramid& to, FlowField& out);

 private:
  int StrideOf(int level) const;
  void StartLevel(const ImagePyramid& from, int level);
  void Match(const PyramidLevel& from, const PyramidLevel& to, int level);

  int finest_stride_;
  std::vector<PatchField> fields_;  // one per level, finest first
  AffineMotion dominant_;
  AffineMotionFit fit_;
  FlowSmoother smoother_;
  FlowDensifier densifier_;
  std::vector<GridPosition> columns_;
  std::vector<float> row_u_, row_v_;
};

// One call for two pictures: height * width bytes each, row-major; out: height * width * 2 floats, interleaved (dx, dy).
void ComputeOpticalFlow(const std::uint8_t* from, const std::uint8_t* to, int width, int height, float* out);

}  // namespace kinetone::vision
