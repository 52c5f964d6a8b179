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
  // both terms. field.u, v are the matches and are replaced. width, height: of the field's level.
  void Smooth(PatchField& field, const AffineMotion& dominant, int width, int height, float smoothness);

 private:
  struct Node {
    float u, v;            // current estimate, relative to the dominant motion
    float match_u, match_v;
    float dxx, dxy, dyy;   // data tensor: certainty of the match
    float right, below;    // coupling to the neighbours
  };

  void Load(const PatchField& field, const AffineMotion& dominant, float cx, float cy);
  void Couple(int columns, int rows, float smoothness);
  void Relax(int columns, int rows);
  void Visit(int column, int row, int columns, int rows);

  std::vector<Node> nodes_;
};

}  // namespace kinetone::vision
