// Weighted least squares for AffineMotion: two 3x3 systems that share one matrix.
#include "vision/affine_motion.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace kinetone::vision {
namespace {

constexpr int kRounds = 4;
// More patches than this tell six numbers nothing new: larger fields are sampled.
constexpr int kEnoughPatches = 1000;
// Ties the motion to none where the picture gives it no support: this share of all patches says so, well textured.
constexpr float kStillPrior = 0.01F;

// Cramer's rule on the symmetric matrix m (xx xy x yy y 1); false when it is singular.
bool Solve(const float m[6], const float b[3], float& x, float& y, float& one) {
  const double xx = m[0], xy = m[1], x1 = m[2], yy = m[3], y1 = m[4], n = m[5];
  const double c00 = yy * n - y1 * y1;
  const double c01 = x1 * y1 - xy * n;
  const double c02 = xy * y1 - yy * x1;
  const double c11 = xx * n - x1 * x1;
  const double c12 = xy * x1 - xx * y1;
  const double c22 = xx * yy - xy * xy;
  const double det = xx * c00 + xy * c01 + x1 * c02;
  if (!(det > 1e-9)) return false;
  x = static_cast<float>((c00 * b[0] + c01 * b[1] + c02 * b[2]) / det);
  y = static_cast<float>((c01 * b[0] + c11 * b[1] + c12 * b[2]) / det);
  one = static_cast<float>((c02 * b[0] + c12 * b[1] + c22 * b[2]) / det);
  return true;
}

// The smaller eigenvalue of the structure tensor, saturating: how much the patch knows of both components of its motion.
float Support(const PatchField& field, std::size_t i, float noise_variance) {
  const float half_difference = 0.5F * (field.hxx[i] - field.hyy[i]);
  const float spread = std::sqrt(half_difference * half_difference + field.hxy[i] * field.hxy[i]);
  const float smaller = std::max(0.0F, 0.5F * (field.hxx[i] + field.hyy[i]) - spread);
  return field.trust[i] * field.Texture(i, noise_variance) * smaller / (smaller + 4.0F + field.error[i]);
}

}  // namespace

void AffineMotionFit::Add(float x, float y, float u, float v, float support) {
  x_.push_back(x);
  y_.push_back(y);
  u_.push_back(u);
  v_.push_back(v);
  support_.push_back(support);
}

void AffineMotionFit::Collect(const PatchField& field, float noise_variance, float cx, float cy) {
  for (auto* values : {&x_, &y_, &u_, &v_, &support_}) values->clear();
  int step = 1;
  while (static_cast<int>(field.size()) / (step * step) > kEnoughPatches) ++step;
  for (int row = step / 2; row < field.rows.count(); row += step) {
    const auto line = static_cast<std::size_t>(row * field.columns.count());
    const float y = field.rows.center(row) - cy;
    for (int column = step / 2; column < field.columns.count(); column += step) {
      const std::size_t i = line + static_cast<std::size_t>(column);
      Add(field.columns.center(column) - cx, y, field.u[i], field.v[i], Support(field, i, noise_variance));
    }
  }
  const float still = kStillPrior * 0.25F * static_cast<float>(x_.size());
  for (const float edge : {-1.0F, 1.0F}) {
    Add(edge * cx, edge * cy, 0.0F, 0.0F, still);
    Add(edge * cx, -edge * cy, 0.0F, 0.0F, still);
  }
  while (x_.size() % 8 != 0) Add(0.0F, 0.0F, 0.0F, 0.0F, 0.0F);
}

AffineMotion AffineMotionFit::Fit(const PatchField& field, int width, int height, float noise_variance, float scale_px,
                                  const AffineMotion& initial) {
  AffineMotion motion = initial;
  const float half_width = static_cast<float>(width - 1) * 0.5F;
  const float half_height = static_cast<float>(height - 1) * 0.5F;
  Collect(field, noise_variance, half_width, half_height);
  for (int round = 0; round < kRounds; ++round) {
    // A wide scale first, so that a poor start still sees the majority.
    const float scale = scale_px * static_cast<float>(1 << 2 * (kRounds - 1 - round));
    float sums[12];
    AffineMotionSums().sum(x_.data(), y_.data(), u_.data(), v_.data(), support_.data(), static_cast<int>(x_.size()), motion, scale, sums);
    AffineMotion next = motion;
    if (!Solve(sums, sums + 6, next.ux, next.uy, next.u0)) return motion;
    if (!Solve(sums, sums + 9, next.vx, next.vy, next.v0)) return motion;
    motion = next;
  }
  return motion;
}

}  // namespace kinetone::vision
