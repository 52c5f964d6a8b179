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
#include "vision/patch_match.h"

namespace kinetone::vision {

// Keeps its working memory between calls. Any thread, one at a time.
class OpticalFlow {
 public:
  // from, to: pyramids of pictures of one size. out is overwritten. Never throws on content.
  void Compute(const ImagePyramid& from, const ImagePyramid& to, FlowField& out);

 private:
  void StartLevel(const ImagePyramid& from, int level);
  void MatchForward(const PyramidLevel& from, const PyramidLevel& to, int level);
  void MatchBackward(const PyramidLevel& from, const PyramidLevel& to, int level);

  std::vector<PatchField> fields_;  // one per level, finest first
  AffineMotion dominant_;
  FlowSmoother smoother_;
  FlowDensifier densifier_;
};

// One call for two pictures: height * width bytes each, row-major; out: height * width * 2 floats, interleaved (dx, dy).
void ComputeOpticalFlow(const std::uint8_t* from, const std::uint8_t* to, int width, int height, float* out);

}  // namespace kinetone::vision
