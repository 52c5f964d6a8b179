// One 8x8 patch against the other picture: inverse-compositional Gauss-Newton with the mean brightness removed.
// Source: Kroeger et al., "Fast Optical Flow using Dense Inverse Search", ECCV 2016; Baker and Matthews, IJCV 2004.
#pragma once

#include <cstdint>

#include "vision/image_pyramid.h"
#include "vision/patch_field.h"

namespace kinetone::vision {

// How far, in pixels, a warped patch may reach beyond the picture; further out it is held at this distance.
inline constexpr int kPatchReach = 12;
static_assert(kPlaneBorder >= kPatchReach + kPatchSize + 1);

struct Displacement {
  float u = 0.0F;
  float v = 0.0F;
};

struct PatchTensor {
  float hxx = 0.0F;
  float hxy = 0.0F;
  float hyy = 0.0F;
};

// One comparison with the other picture. bx, by: mean gradient-weighted residual (grey^2/px); error: mean squared
// difference with the means removed (grey^2).
struct PatchComparison {
  Displacement at;
  float bx = 0.0F;
  float by = 0.0F;
  float error = 0.0F;
};

// A patch of the first picture, ready to be compared. Never allocates.
class PatchTemplate {
 public:
  // origin: the patch's top left pixel; may lie up to kPatchSize outside the picture.
  void Load(const PyramidLevel& level, int origin_x, int origin_y);

  // With the patch of `to` displaced by d.
  PatchComparison Compare(const Plane<std::uint8_t>& to, Displacement d) const;

  // Gauss-Newton from a comparison; returns the best one met. Moves at most one patch away from its start.
  PatchComparison Refine(const Plane<std::uint8_t>& to, int max_steps, const PatchComparison& start) const;

  // 1 when the displaced patch lies inside the picture, falling to 0 when half of it is outside.
  float Coverage(const Plane<std::uint8_t>& to, Displacement d) const;

  const PatchTensor& tensor() const { return tensor_; }
  float mean_luma() const { return mean_luma_; }

 private:
  int origin_x_ = 0;
  int origin_y_ = 0;
  float mean_luma_ = 0.0F;
  float mean_gx_ = 0.0F;
  float mean_gy_ = 0.0F;
  PatchTensor tensor_;
  alignas(16) std::int16_t value_[kPatchSize * kPatchSize];  // grey * 128
  alignas(16) std::int16_t gx_[kPatchSize * kPatchSize];     // twice the slope, grey/px
  alignas(16) std::int16_t gy_[kPatchSize * kPatchSize];
};

}  // namespace kinetone::vision
