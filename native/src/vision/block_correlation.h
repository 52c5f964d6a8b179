// How much of a picture its predecessor explains: correlation block by block, along the optical flow between them.
#pragma once

#include <cstdint>

#include "vision/flow_field.h"
#include "vision/plane.h"

namespace kinetone::vision {

// Mean over 16x16 blocks of 1 - correlation (0..1), each weighted by its contrast; 0 = the same picture, moved. Changes of
// brightness and contrast do not count. flow: from `before` to `now`, null = nothing moved. Flat pictures count as explained.
float UncorrelatedShare(const Plane<std::uint8_t>& before, const Plane<std::uint8_t>& now, const FlowField* flow);

}  // namespace kinetone::vision
