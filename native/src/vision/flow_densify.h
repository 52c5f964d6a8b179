// From one vector per patch to one per pixel: the overlapping patches vote, weighted by nearness and by how well each
// explains the pixel. Source: densification of DIS (Kroeger et al., ECCV 2016, eq. 3), with a linear window.
#pragma once

#include "vision/affine_motion.h"
#include "vision/image_pyramid.h"
#include "vision/optical_flow.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// field: matched on level `scale_log2` of the pyramids; out is sized to level 0.
void DensifyFlow(const PatchField& field, const AffineMotion& dominant, const ImagePyramid& from, const ImagePyramid& to,
                 int level, FlowField& out);

}  // namespace kinetone::vision
