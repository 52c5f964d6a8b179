// Scalar definitions of the flow kernels.
#include "vision_reference.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision::testing {
namespace {

constexpr int kSide = 8;
constexpr int kPixels = kSide * kSide;
constexpr int kWeightSum = 64;
constexpr float kSamePx = 0.25F;

struct Vector {
  float u, v;
};

struct Comparison {
  Vector at;
  float bx, by, error;
};

bool IsSame(Vector a, Vector b) { return std::abs(a.u - b.u) < kSamePx && std::abs(a.v - b.v) < kSamePx; }

class Patch {
 public:
  Patch(const PatchSearchLevel& level, int column, int row) : level_(level), x_(level.origin_x[column]), y_(level.origin_y[row]) {
    std::int32_t sum = 0, sx = 0, sy = 0, xx = 0, xy = 0, yy = 0;
    for (int i = 0; i < kPixels; ++i) {
      const std::uint8_t* at = level.from + (y_ + i / kSide) * level.stride + x_ + i % kSide;
      value_[i] = at[0];
      gx_[i] = at[1] - at[-1];
      gy_[i] = at[level.stride] - at[-level.stride];
      sum += value_[i];
      sx += gx_[i];
      sy += gy_[i];
      xx += gx_[i] * gx_[i];
      xy += gx_[i] * gy_[i];
      yy += gy_[i] * gy_[i];
    }
    luma = static_cast<float>(sum) / kPixels;
    mean_gx_ = static_cast<float>(sx) * 0.5F / kPixels;
    mean_gy_ = static_cast<float>(sy) * 0.5F / kPixels;
    hxx = static_cast<float>(xx) * 0.25F / kPixels - mean_gx_ * mean_gx_;
    hxy = static_cast<float>(xy) * 0.25F / kPixels - mean_gx_ * mean_gy_;
    hyy = static_cast<float>(yy) * 0.25F / kPixels - mean_gy_ * mean_gy_;
  }

  Comparison Compare(Vector d) const {
    const auto hold = [](float start, int length) {
      return std::clamp(start, static_cast<float>(-kPatchReach), static_cast<float>(std::max(length - kSide, 0) + kPatchReach));
    };
    const float x = hold(static_cast<float>(x_) + d.u, level_.width);
    const float y = hold(static_cast<float>(y_) + d.v, level_.height);
    const int whole_x = static_cast<int>(std::floor(x));
    const int whole_y = static_cast<int>(std::floor(y));
    const int right = static_cast<int>((x - static_cast<float>(whole_x)) * kWeightSum + 0.5F);
    const int bottom = static_cast<int>((y - static_cast<float>(whole_y)) * kWeightSum + 0.5F);
    const int both = (right * bottom + kWeightSum / 2) / kWeightSum;
    std::int32_t sum = 0, sum_gx = 0, sum_gy = 0, squares = 0;
    for (int i = 0; i < kPixels; ++i) {
      const std::uint8_t* a = level_.to + (whole_y + i / kSide) * level_.stride + whole_x + i % kSide;
      const std::uint8_t* b = a + level_.stride;
      const int warped = a[0] * (kWeightSum - right - bottom + both) + a[1] * (right - both) + b[0] * (bottom - both) + b[1] * both;
      const int residual = warped - value_[i] * kWeightSum;
      sum += residual;
      sum_gx += residual * gx_[i];
      sum_gy += residual * gy_[i];
      squares += (residual >> 2) * (residual >> 2);
    }
    const float mean = static_cast<float>(sum) / (kPixels * kWeightSum);
    return {d, static_cast<float>(sum_gx) * 0.5F / (kPixels * kWeightSum) - mean_gx_ * mean,
            static_cast<float>(sum_gy) * 0.5F / (kPixels * kWeightSum) - mean_gy_ * mean,
            std::max(0.0F, static_cast<float>(squares) / (kPixels * 16.0F * 16.0F) - mean * mean)};
  }

  Comparison Refine(const Comparison& start) const {
    const float axx = hxx + 0.5F;
    const float ayy = hyy + 0.5F;
    const float inverse = 1.0F / (axx * ayy - hxy * hxy);
    Comparison best = start;
    Comparison now = start;
    for (int step = 0; step < level_.max_steps; ++step) {
      const float du = (ayy * now.bx - hxy * now.by) * inverse;
      const float dv = (axx * now.by - hxy * now.bx) * inverse;
      if (du * du + dv * dv < 0.03F * 0.03F) break;
      const Vector next{now.at.u - du, now.at.v - dv};
      if (std::abs(next.u - start.at.u) > kSide || std::abs(next.v - start.at.v) > kSide) break;
      now = Compare(next);
      if (now.error < best.error) {
        best = now;
      } else if (now.error > best.error * 1.5F) {
        break;
      }
    }
    return best;
  }

  float Trust(Vector d) const {
    const auto outside = [](float start, int length) {
      return std::max({0.0F, -start, start + kSide - static_cast<float>(std::max(length, kSide))});
    };
    const float beyond = std::max(outside(static_cast<float>(x_) + d.u, level_.width), outside(static_cast<float>(y_) + d.v, level_.height));
    return std::max(0.0F, 1.0F - beyond / (kSide / 2));
  }

  Vector Dominant() const {
    const float x = static_cast<float>(x_) - (static_cast<float>(level_.width - 1) * 0.5F - 3.5F);
    const float y = static_cast<float>(y_) - (static_cast<float>(level_.height - 1) * 0.5F - 3.5F);
    return {level_.dominant.U(x, y), level_.dominant.V(x, y)};
  }

  float luma, hxx, hxy, hyy;

 private:
  const PatchSearchLevel& level_;
  int x_, y_;
  float mean_gx_, mean_gy_;
  int value_[kPixels], gx_[kPixels], gy_[kPixels];
};

void Offer(const Patch& patch, Vector candidate, Comparison& best) {
  if (IsSame(candidate, best.at)) return;
  const Comparison comparison = patch.Compare(candidate);
  if (comparison.error < best.error) best = comparison;
}

void Store(const PatchSearchLevel& level, const Patch& patch, const Comparison& match, int i) {
  level.u[i] = match.at.u;
  level.v[i] = match.at.v;
  level.error[i] = match.error;
  level.trust[i] = patch.Trust(match.at);
}

bool IsTextured(const PatchSearchLevel& level, const Patch& patch) {
  return patch.hxx + patch.hyy > 3.0F * level.noise_variance - 1e-3F;
}

}  // namespace

void SearchForward(const PatchSearchLevel& level) {
  const auto at = [&](int i) { return Vector{level.u[i], level.v[i]}; };
  for (int i = 0; i < level.rows * level.columns; ++i) {
    const int column = i % level.columns;
    const int row = i / level.columns;
    const Patch patch(level, column, row);
    Comparison best = patch.Compare(at(i));
    if (IsTextured(level, patch)) {
      if (column > 0) Offer(patch, at(i - 1), best);
      if (row > 0) Offer(patch, at(i - level.columns), best);
      if (level.has_dominant) Offer(patch, patch.Dominant(), best);
      best = patch.Refine(best);
    } else {
      best.error = 0.0F;
    }
    Store(level, patch, best, i);
    level.luma[i] = patch.luma;
    level.hxx[i] = patch.hxx;
    level.hxy[i] = patch.hxy;
    level.hyy[i] = patch.hyy;
  }
}

void SearchBackward(const PatchSearchLevel& level) {
  const auto at = [&](int i) { return Vector{level.u[i], level.v[i]}; };
  for (int i = level.rows * level.columns - 1; i >= 0; --i) {
    const int column = i % level.columns;
    const int row = i / level.columns;
    const Patch patch(level, column, row);
    if (!IsTextured(level, patch)) continue;
    const Comparison own = patch.Compare(at(i));
    Comparison best = own;
    if (column + 1 < level.columns) Offer(patch, at(i + 1), best);
    if (row + 1 < level.rows) Offer(patch, at(i + level.columns), best);
    if (!IsSame(best.at, own.at)) Store(level, patch, patch.Refine(best), i);
  }
}

void CoupleNodes(const SmoothingGrid& g, float smoothness) {
  const auto coupling = [&](std::ptrdiff_t a, std::ptrdiff_t b) {
    const float du = g.u[a] - g.u[b];
    const float dv = g.v[a] - g.v[b];
    const float step = (g.luma[a] - g.luma[b]) / 16.0F;
    return smoothness / (1.0F + step * step) / std::sqrt(0.01F + du * du + dv * dv);
  };
  for (int row = 0; row < g.rows; ++row) {
    for (int column = 0; column < g.columns; ++column) {
      const std::ptrdiff_t i = g.At(row, column);
      g.right[i] = column + 1 < g.columns ? coupling(i, g.At(row, column + 1)) : 0.0F;
      g.below[i] = row + 1 < g.rows ? coupling(i, g.At(row + 1, column)) : 0.0F;
      const float left = column > 0 ? g.right[g.At(row, column - 1)] : 0.0F;
      const float above = row > 0 ? g.below[g.At(row - 1, column)] : 0.0F;
      const float weight = 0.01F * smoothness + g.right[i] + g.below[i] + left + above;
      const float off_u = g.u[i] - g.match_u[i];
      const float off_v = g.v[i] - g.match_v[i];
      const float say = 1.0F / (1.0F + off_u * off_u + off_v * off_v);
      const float dxx = g.dxx[i] * say, dxy = g.dxy[i] * say, dyy = g.dyy[i] * say;
      g.data_u[i] = dxx * g.match_u[i] + dxy * g.match_v[i];
      g.data_v[i] = dxy * g.match_u[i] + dyy * g.match_v[i];
      const float inverse = 1.6F / ((weight + dxx) * (weight + dyy) - dxy * dxy);
      g.ixx[i] = (weight + dyy) * inverse;
      g.ixy[i] = -dxy * inverse;
      g.iyy[i] = (weight + dxx) * inverse;
    }
  }
}

void RelaxNodes(const SmoothingGrid& g, int sweeps) {
  for (int pass = 0; pass < 2 * sweeps; ++pass) {
    for (int row = 0; row < g.rows; ++row) {
      for (int column = (row + pass) % 2; column < g.columns; column += 2) {
        const std::ptrdiff_t i = g.At(row, column);
        const auto neighbours = [&](const float* f) {
          const auto term = [&](bool is_inside, const float* coupling, std::ptrdiff_t of, std::ptrdiff_t node) { return is_inside ? coupling[of] * f[node] : 0.0F; };
          const std::ptrdiff_t left = g.At(row, column - 1), right = g.At(row, column + 1), above = g.At(row - 1, column), below = g.At(row + 1, column);
          return term(column > 0, g.right, left, left) + term(column + 1 < g.columns, g.right, i, right) + term(row > 0, g.below, above, above) +
                 term(row + 1 < g.rows, g.below, i, below);
        };
        const float bu = g.data_u[i] + neighbours(g.u);
        const float bv = g.data_v[i] + neighbours(g.v);
        g.u[i] = (1.0F - 1.6F) * g.u[i] + g.ixx[i] * bu + g.ixy[i] * bv;
        g.v[i] = (1.0F - 1.6F) * g.v[i] + g.ixy[i] * bu + g.iyy[i] * bv;
      }
    }
  }
}

void SumSamples(const float* x, const float* y, const float* u, const float* v, const float* support, int count,
                const AffineMotion& motion, float scale_px, double out[12]) {
  std::fill_n(out, 12, 0.0);
  for (int i = 0; i < count; ++i) {
    const double du = u[i] - motion.U(x[i], y[i]);
    const double dv = v[i] - motion.V(x[i], y[i]);
    const double robust = 1.0 / (1.0 + (du * du + dv * dv) / (scale_px * scale_px));
    const double weight = support[i] * robust * robust;
    const double terms[12] = {1.0 * x[i] * x[i], 1.0 * x[i] * y[i], x[i], 1.0 * y[i] * y[i], y[i], 1.0,
                              1.0 * x[i] * u[i], 1.0 * y[i] * u[i], u[i], 1.0 * x[i] * v[i], 1.0 * y[i] * v[i], v[i]};
    for (int term = 0; term < 12; ++term) out[term] += weight * terms[term];
  }
}

}  // namespace kinetone::vision::testing
