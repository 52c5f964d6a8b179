// Gauss-Newton on one patch.
#include "vision/patch_match.h"

#include <algorithm>
#include <cmath>

#include "vision/patch_kernel.h"

namespace kinetone::vision {
namespace {

constexpr int kPixels = kPatchSize * kPatchSize;
constexpr float kErrorUnit = static_cast<float>(kWeightSum >> kErrorShift);
constexpr float kConverged = 0.03F;  // px
// A step that raises the error by more than this factor ends the search.
constexpr float kDiverged = 1.5F;
// Added to the tensor's diagonal: keeps flat patches from chasing noise (grey^2/px^2).
constexpr float kDamping = 0.5F;

PatchWeights BilinearWeights(float fx, float fy) {
  const auto right = static_cast<int>(fx * kWeightSum + 0.5F);
  const auto bottom = static_cast<int>(fy * kWeightSum + 0.5F);
  const auto both = (right * bottom + kWeightSum / 2) / kWeightSum;
  return {static_cast<std::int16_t>(kWeightSum - right - bottom + both), static_cast<std::int16_t>(right - both),
          static_cast<std::int16_t>(bottom - both), static_cast<std::int16_t>(both)};
}

float Outside(float start, int length) {
  return std::max({0.0F, -start, start + kPatchSize - static_cast<float>(std::max(length, kPatchSize))});
}

}  // namespace

void PatchTemplate::Load(const PyramidLevel& level, int origin_x, int origin_y) {
  origin_x_ = origin_x;
  origin_y_ = origin_y;
  const TextureSums sums = LoadPatch(level.luma.Row(origin_y) + origin_x, level.gradient_x.Row(origin_y) + origin_x,
                                      level.gradient_y.Row(origin_y) + origin_x, level.luma.stride(), value_, gx_, gy_);
  constexpr float kMean = 1.0F / kPixels;
  mean_luma_ = static_cast<float>(sums.value) * (kMean / kWeightSum);
  mean_gx_ = static_cast<float>(sums.x) * kMean * 0.5F;
  mean_gy_ = static_cast<float>(sums.y) * kMean * 0.5F;
  tensor_.hxx = static_cast<float>(sums.xx) * kMean * 0.25F - mean_gx_ * mean_gx_;
  tensor_.hxy = static_cast<float>(sums.xy) * kMean * 0.25F - mean_gx_ * mean_gy_;
  tensor_.hyy = static_cast<float>(sums.yy) * kMean * 0.25F - mean_gy_ * mean_gy_;
}

PatchComparison PatchTemplate::Compare(const Plane<std::uint8_t>& to, Displacement d) const {
  const auto hold = [](float start, int length) {
    return std::clamp(start, static_cast<float>(-kPatchReach),
                      static_cast<float>(std::max(length - kPatchSize, 0) + kPatchReach));
  };
  const float x = hold(static_cast<float>(origin_x_) + d.u, to.width());
  const float y = hold(static_cast<float>(origin_y_) + d.v, to.height());
  // Truncation after a shift to positive numbers: std::floor is a call before SSE4.1.
  const int whole_x = static_cast<int>(x + kPatchReach) - kPatchReach;
  const int whole_y = static_cast<int>(y + kPatchReach) - kPatchReach;
  const std::uint8_t* target = to.Row(whole_y) + whole_x;
  const PatchWeights weights = BilinearWeights(x - static_cast<float>(whole_x), y - static_cast<float>(whole_y));
  const PatchSums sums = SumPatch(target, to.stride(), weights, value_, gx_, gy_);

  constexpr float kMean = 1.0F / kPixels;
  const float mean = static_cast<float>(sums.residual) * (kMean / kWeightSum);
  const float squares = static_cast<float>(sums.squares) * (kMean / (kErrorUnit * kErrorUnit));
  return {d, static_cast<float>(sums.gx) * (kMean * 0.5F / kWeightSum) - mean_gx_ * mean,
          static_cast<float>(sums.gy) * (kMean * 0.5F / kWeightSum) - mean_gy_ * mean,
          std::max(0.0F, squares - mean * mean)};
}

PatchComparison PatchTemplate::Refine(const Plane<std::uint8_t>& to, int max_steps, const PatchComparison& start) const {
  const float hxx = tensor_.hxx + kDamping;
  const float hyy = tensor_.hyy + kDamping;
  const float inverse = 1.0F / (hxx * hyy - tensor_.hxy * tensor_.hxy);
  PatchComparison best = start;
  PatchComparison now = start;
  for (int step = 0; step < max_steps; ++step) {
    const float du = (hyy * now.bx - tensor_.hxy * now.by) * inverse;
    const float dv = (hxx * now.by - tensor_.hxy * now.bx) * inverse;
    if (du * du + dv * dv < kConverged * kConverged) break;
    const Displacement next{now.at.u - du, now.at.v - dv};
    if (std::abs(next.u - start.at.u) > kPatchSize || std::abs(next.v - start.at.v) > kPatchSize) break;
    now = Compare(to, next);
    if (now.error < best.error) {
      best = now;
    } else if (now.error > best.error * kDiverged) {
      break;
    }
  }
  return best;
}

float PatchTemplate::Coverage(const Plane<std::uint8_t>& to, Displacement d) const {
  const float x = Outside(static_cast<float>(origin_x_) + d.u, to.width());
  const float y = Outside(static_cast<float>(origin_y_) + d.v, to.height());
  return std::clamp(1.0F - std::max(x, y) / (kPatchSize / 2), 0.0F, 1.0F);
}

}  // namespace kinetone::vision
