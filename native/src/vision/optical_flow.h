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

  // The flow of the patches alone, down to `level`, which must be one of the pyramid's (0: the picture itself); what Spread and
  // SpreadRows then make a field of, in pixels of that level.
  void Find(const ImagePyramid& from, const ImagePyramid& to, int level);
  // The same down to the picture, for the two pyramids that a coarser level was just found for.
  void Continue(const ImagePyramid& from, const ImagePyramid& to);

  // Until the next flow is found: the field, or `count` rows first, first + step, .. of it, count * width floats each.
  void Spread(FlowField& out);
  void SpreadRows(int first, int step, int count, float* u, float* v) { densifier_.Rows(first, step, count, u, v); }

 private:
  void StartLevel(const ImagePyramid& from, int level);
  void Match(const PyramidLevel& from, const PyramidLevel& to, int level);
  void Descend(const ImagePyramid& from, const ImagePyramid& to, int first, int last);

  int level_ = 0;  // the one the fields are done down to
  int width_ = 0, height_ = 0;  // of that level
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
