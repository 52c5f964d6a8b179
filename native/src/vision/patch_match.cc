// Patch comparison in 16-bit integers: eight pixels fill one SSE2 or NEON register, and plain loops vectorise.
#include "vision/patch_match.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

constexpr int kPixels = kPatchSize * kPatchSize;
// Bilinear weights sum to 2^7, so that a weighted sum of bytes just fits a signed 16-bit lane.
constexpr int kWeightSum = 128;
// Residuals are cut to 1/16 grey before squaring, so that 64 squares fit 32 bits.
constexpr int kErrorShift = 3;
constexpr float kErrorUnit = static_cast<float>(kWeightSum >> kErrorShift);
constexpr float kConverged = 0.01F;  // px
// Added to the tensor's diagonal: keeps flat patches from chasing noise (grey^2/px^2).
constexpr float kDamping = 0.5F;

struct Weights {
  std::int16_t top_left, top_right, bottom_left, bottom_right;
};

Weights BilinearWeights(float fx, float fy) {
  const auto right = static_cast<int>(std::lround(fx * kWeightSum));
  const auto bottom = static_cast<int>(std::lround(fy * kWeightSum));
  const auto both = (right * bottom + kWeightSum / 2) / kWeightSum;
  return {static_cast<std::int16_t>(kWeightSum - right - bottom + both), static_cast<std::int16_t>(right - both),
          static_cast<std::int16_t>(bottom - both), static_cast<std::int16_t>(both)};
}

struct Sums {
  std::int32_t gx = 0;
  std::int32_t gy = 0;
  std::int32_t residual = 0;
  std::int32_t squares = 0;
};

Sums Accumulate(const std::uint8_t* target, std::ptrdiff_t stride, Weights w, const std::int16_t* value,
                const std::int16_t* gx, const std::int16_t* gy) {
  Sums sums;
  for (int y = 0; y < kPatchSize; ++y) {
    const std::uint8_t* a = target + y * stride;
    const std::uint8_t* b = a + stride;
    std::int16_t residual[kPatchSize];
    for (int x = 0; x < kPatchSize; ++x) {
      const auto warped = static_cast<std::int16_t>(a[x] * w.top_left + a[x + 1] * w.top_right + b[x] * w.bottom_left +
                                                    b[x + 1] * w.bottom_right);
      residual[x] = static_cast<std::int16_t>(warped - value[y * kPatchSize + x]);
    }
    for (int x = 0; x < kPatchSize; ++x) {
      const std::int16_t cut = static_cast<std::int16_t>(residual[x] >> kErrorShift);
      sums.gx += residual[x] * gx[y * kPatchSize + x];
      sums.gy += residual[x] * gy[y * kPatchSize + x];
      sums.residual += residual[x];
      sums.squares += cut * cut;
    }
  }
  return sums;
}

float Outside(float start, int length) {
  return std::max({0.0F, -start, start + kPatchSize - static_cast<float>(std::max(length, kPatchSize))});
}

}  // namespace

// b: mean gradient-weighted residual (grey^2/px); error: mean squared mean-free residual (grey^2).
struct PatchTemplate::Comparison {
  float bx;
  float by;
  float error;
};

void PatchTemplate::Load(const PyramidLevel& level, int origin_x, int origin_y) {
  origin_x_ = origin_x;
  origin_y_ = origin_y;
  for (int y = 0; y < kPatchSize; ++y) {
    const std::uint8_t* luma = level.luma.Row(origin_y + y) + origin_x;
    const std::int16_t* gx = level.gradient_x.Row(origin_y + y) + origin_x;
    const std::int16_t* gy = level.gradient_y.Row(origin_y + y) + origin_x;
    for (int x = 0; x < kPatchSize; ++x) {
      value_[y * kPatchSize + x] = static_cast<std::int16_t>(luma[x] * kWeightSum);
      gx_[y * kPatchSize + x] = gx[x];
      gy_[y * kPatchSize + x] = gy[x];
    }
  }
  std::int32_t sx = 0, sy = 0, xx = 0, xy = 0, yy = 0;
  for (int i = 0; i < kPixels; ++i) {
    sx += gx_[i];
    sy += gy_[i];
    xx += gx_[i] * gx_[i];
    xy += gx_[i] * gy_[i];
    yy += gy_[i] * gy_[i];
  }
  constexpr float kMean = 1.0F / kPixels;
  mean_gx_ = static_cast<float>(sx) * kMean * 0.5F;
  mean_gy_ = static_cast<float>(sy) * kMean * 0.5F;
  tensor_.hxx = static_cast<float>(xx) * kMean * 0.25F - mean_gx_ * mean_gx_;
  tensor_.hxy = static_cast<float>(xy) * kMean * 0.25F - mean_gx_ * mean_gy_;
  tensor_.hyy = static_cast<float>(yy) * kMean * 0.25F - mean_gy_ * mean_gy_;
}

PatchTemplate::Comparison PatchTemplate::Compare(const Plane<std::uint8_t>& to, Displacement d) const {
  const auto hold = [](float start, int length) {
    return std::clamp(start, static_cast<float>(-kPatchReach),
                      static_cast<float>(std::max(length - kPatchSize, 0) + kPatchReach));
  };
  const float x = hold(static_cast<float>(origin_x_) + d.u, to.width());
  const float y = hold(static_cast<float>(origin_y_) + d.v, to.height());
  const float whole_x = std::floor(x);
  const float whole_y = std::floor(y);
  const std::uint8_t* target = to.Row(static_cast<int>(whole_y)) + static_cast<int>(whole_x);
  const Sums sums = Accumulate(target, to.stride(), BilinearWeights(x - whole_x, y - whole_y), value_, gx_, gy_);

  constexpr float kMean = 1.0F / kPixels;
  const float mean = static_cast<float>(sums.residual) * (kMean / kWeightSum);
  const float squares = static_cast<float>(sums.squares) * (kMean / (kErrorUnit * kErrorUnit));
  return {static_cast<float>(sums.gx) * (kMean * 0.5F / kWeightSum) - mean_gx_ * mean,
          static_cast<float>(sums.gy) * (kMean * 0.5F / kWeightSum) - mean_gy_ * mean,
          std::max(0.0F, squares - mean * mean)};
}

float PatchTemplate::Error(const Plane<std::uint8_t>& to, Displacement d) const { return Compare(to, d).error; }

float PatchTemplate::Refine(const Plane<std::uint8_t>& to, int max_steps, Displacement& d) const {
  const float hxx = tensor_.hxx + kDamping;
  const float hyy = tensor_.hyy + kDamping;
  const float inverse = 1.0F / (hxx * hyy - tensor_.hxy * tensor_.hxy);
  const Displacement start = d;
  Comparison now = Compare(to, d);
  float best = now.error;
  Displacement at = d;
  for (int step = 0; step < max_steps; ++step) {
    const float du = (hyy * now.bx - tensor_.hxy * now.by) * inverse;
    const float dv = (hxx * now.by - tensor_.hxy * now.bx) * inverse;
    at.u -= du;
    at.v -= dv;
    if (std::abs(at.u - start.u) > kPatchSize || std::abs(at.v - start.v) > kPatchSize) break;
    now = Compare(to, at);
    if (now.error < best) {
      best = now.error;
      d = at;
    } else if (now.error > best * 1.5F) {
      break;
    }
    if (du * du + dv * dv < kConverged * kConverged) break;
  }
  return best;
}

float PatchTemplate::Coverage(const Plane<std::uint8_t>& to, Displacement d) const {
  const float x = Outside(static_cast<float>(origin_x_) + d.u, to.width());
  const float y = Outside(static_cast<float>(origin_y_) + d.v, to.height());
  return std::clamp(1.0F - std::max(x, y) / (kPatchSize / 2), 0.0F, 1.0F);
}

}  // namespace kinetone::vision
