// Fills in what single patches cannot know: a patch's vector is believed along the directions in which its texture
// fixes it, elsewhere neighbours decide. Source: combined local-global flow, Bruhn et al., IJCV 2005, on the patch grid.
#pragma once

#include <vector>

#include "vision/affine_motion.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// Holds scratch memory between calls. Any thread, one at a time.
class FlowSmoother {
 public:
  // Minimises sum of (d - match)^T D (d - match) + smoothness * |difference to neighbours of (d - dominant)|, robust in
  // both terms. field.u, v are the matches and are replaced. width, height, noise_variance: of the
  // field's level.
  void Smooth(PatchField& field, const AffineMotion& dominant, int width, int height, float noise_variance,
              float smoothness);

 private:
  struct Node {
    float u = 0.0F, v = 0.0F;  // current estimate, relative to the dominant motion
    float match_u = 0.0F, match_v = 0.0F;
    float luma = 0.0F;
    float dxx = 0.0F, dxy = 0.0F, dyy = 0.0F;  // data tensor: certainty of the match
    float right = 0.0F, below = 0.0F;          // coupling to the neighbours
    float ixx = 0.0F, ixy = 0.0F, iyy = 0.0F;  // inverse of the node's own 2x2 system
    float data_u = 0.0F, data_v = 0.0F;        // its right side without the neighbours
  };

  void Load(const PatchField& field, const AffineMotion& dominant, float noise_variance, float cx, float cy);
  void Couple(float smoothness);
  void Relax();
  Node* Line(int row) { return nodes_.data() + static_cast<std::ptrdiff_t>(row + 1) * stride_ + 1; }

  int columns_ = 0;
  int rows_ = 0;
  std::ptrdiff_t stride_ = 0;
  std::vector<Node> nodes_;  // with a border of uncoupled nodes
};

}  // namespace kinetone::vision
