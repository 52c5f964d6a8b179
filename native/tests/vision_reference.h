// The vision kernels once more as plain loops over single numbers: what every vector version is compared with.
#pragma once

#include <cstddef>
#include <cstdint>

#include "vision/affine_motion.h"
#include "vision/flow_smoothing.h"
#include "vision/patch_search.h"

namespace kinetone::vision::testing {

// The two passes of PatchSearchKernels, patch after patch in reading order.
void SearchForward(const PatchSearchLevel& level);
void SearchBackward(const PatchSearchLevel& level);

// FlowSmoothingKernels' couple and relax, node after node.
void CoupleNodes(const SmoothingGrid& grid, float smoothness);
void RelaxNodes(const SmoothingGrid& grid, int sweeps);

// AffineMotionKernels' sum in double precision.
void SumSamples(const float* x, const float* y, const float* u, const float* v, const float* support, int count,
                const AffineMotion& motion, float scale_px, double out[12]);

}  // namespace kinetone::vision::testing
