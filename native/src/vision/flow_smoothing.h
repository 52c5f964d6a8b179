// Fills in what single patches cannot know: a patch's vector is believed along the directions in which its texture
// fixes it, elsewhere neighbours decide. Source: combined local-global flow, Bruhn et al., IJCV 2005, on the patch grid.
#pragma once

#include <array>
#include <vector>

#include "rt/dispatch.h"
#include "vision/affine_motion.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// The linear system on the patch grid, structure of arrays. The two colours of red-black relaxation lie apart: a row is its even
// columns, then, `half` floats on, its odd ones, so that the nodes of one colour are neighbours in memory and every neighbour of
// theirs in the grid is of the other colour. Each array points at node (0, 0); around the nodes are zeros: a row above and below,
// at least eight after each half.
struct SmoothingGrid {
  int columns, rows;
  std::ptrdiff_t half, stride;  // floats of half a row and of a row
  float *u, *v;              // current estimate, relative to the dominant motion
  float *match_u, *match_v;  // likewise
  float* luma;
  float *dxx, *dxy, *dyy;    // data tensor: certainty of the match
  float *right, *below;      // coupling to the neighbours
  float *ixx, *ixy, *iyy;    // inverse of the node's own 2x2 system, times the over-relaxation
  float *data_u, *data_v;    // its right side without the neighbours

  std::ptrdiff_t At(int row, int column) const { return row * stride + (column & 1) * half + (column >> 1); }
};

// A grid of zeros. memory: held as long as the grid is used; its content is overwritten.
SmoothingGrid MakeSmoothingGrid(int columns, int rows, std::vector<float>& memory);

// One row of a patch field, and the dominant motion at its first node and from node to node.
struct SmoothingRow {
  const float *u, *v, *expected_u, *expected_v, *hxx, *hxy, *hyy, *error, *trust, *luma;
  const float *dominant_u, *dominant_v;
  float noise_variance;
};

struct FlowSmoothingKernels {
  void (*load)(const SmoothingGrid& grid, int row, const SmoothingRow& from);
  // Sets the robust weights from the current estimate, and each node's system for the sweeps that follow.
  void (*couple)(const SmoothingGrid& grid, float smoothness);
  // Sweeps of red-black successive over-relaxation.
  void (*relax)(const SmoothingGrid& grid, int sweeps);
};

KINETONE_DISPATCH(FlowSmoothingKernels, FlowSmoothing)

// Holds scratch memory between calls. Any thread, one at a time.
class FlowSmoother {
 public:
  // Minimises sum of (d - match)^T D (d - match) + smoothness * |difference to neighbours of (d - dominant)|, robust in
  // both terms. field.u, v are the matches and are replaced. width, height, noise_variance: of the
  // field's level.
  void Smooth(PatchField& field, const AffineMotion& dominant, int width, int height, float noise_variance,
              float smoothness);

 private:
  void SetDominant(const PatchField& field, const AffineMotion& dominant, int row, float cx, float cy);

  SmoothingGrid grid_{};
  std::vector<float> memory_;
  std::vector<float> dominant_u_, dominant_v_;  // along one row
};

}  // namespace kinetone::vision
