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
  // from, to: pyramids of pictures of one size. out is overwritten. Never throws on content.
  void Compute(const ImagePyramid& from, const ImagePyramid& to, FlowField& out);

  // The same in two steps, for who needs the flow of a small picture first: down to `level`, which must be one of the pyramid's,
  // and its field, in pixels of that level; then down to the picture itself.
  void ComputeCoarse(const ImagePyramid& from, const ImagePyramid& to, int level, FlowField& out);
  void Continue(const ImagePyramid& from, const ImagePyramid& to, FlowField& out);

 private:
  void StartLevel(const ImagePyramid& from, int level);
  void Match(const PyramidLevel& from, const PyramidLevel& to, int level);
  void Descend(const ImagePyramid& from, const ImagePyramid& to, int first, int last);
  void Spread(const ImagePyramid& from, int level, FlowField& out);

  int level_ = 0;  // the one the fields are done down to
  std::vector<PatchField> fields_;  // one per level, finest first
  AffineMotion dominant_;  // on that level
  AffineMotionFit fit_;
  FlowSmoother smoother_;
  FlowDensifier densifier_;
  std::vector<GridPosition> columns_;
  std::vector<float> row_u_, row_v_;
};

// One call for two pictures: height * width bytes each, row-major; out: height * width * 2 floats, interleaved (dx, dy).
void ComputeOpticalFlow(const std::uint8_t* from, const std::uint8_t* to, int width, int height, float* out);

}  // namespace kinetone::vision
