// Matching all patches of one pyramid level: candidates compete, the best is refined by inverse-compositional Gauss-Newton.
// Source: Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016; Baker and Matthews, IJCV 2004.
#pragma once

#include <cstddef>
#include <cstdint>

#include "rt/dispatch.h"
#include "vision/affine_motion.h"

namespace kinetone::vision {

// How far, in pixels, a warped patch may reach beyond the picture; further out it is held at this distance.
inline constexpr int kPatchReach = 12;

// One level as the search sees it. from, to: pixel (0, 0) of planes of one size and stride with kPlaneBorder around them.
// Everything per patch is columns * rows, row-major, as in PatchField.
struct PatchSearchLevel {
  const std::uint8_t* from;
  const std::uint8_t* to;
  std::ptrdiff_t stride;
  int width, height;
  int columns, rows;
  const int* origin_x;  // of each column
  const int* origin_y;  // of each row
  bool has_dominant;    // false: there is no dominant motion yet
  AffineMotion dominant;
  int max_steps;
  float noise_variance;  // of `from`, grey^2: patches whose texture is no more than that keep their first candidate

  float *u, *v;  // in: the first candidate; out: the match
  float *hxx, *hxy, *hyy, *error, *trust, *luma;
};

struct PatchSearchKernels {
  // First pass, left to right and down: each patch's own u, v, its left and its upper neighbour's match and the dominant
  // motion compete; the best is refined. Writes everything per patch.
  void (*forward)(const PatchSearchLevel& level);
  // Second pass, right to left and up: a patch takes over its right or lower neighbour's vector where that fits better.
  void (*backward)(const PatchSearchLevel& level);
};

KINETONE_DISPATCH(PatchSearchKernels, PatchSearch)

}  // namespace kinetone::vision
