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
constexpr float kStillPrior = 0.01;

struct NormalEquations {
  double m[6] = {};  // xx xy x0 yy y0 00 of the basis (x, y, 1)
  double bu[3] = {};
  double bv[3] = {};

  void Add(double x, double y, double u, double v, double weight) {
    m[0] += weight * x * x;
    m[1] += weight * x * y;
    m[2] += weight * x;
    m[3] += weight * y * y;
    m[4] += weight * y;
    m[5] += weight;
    const double basis[3] = {x, y, 1.0};
    for (int i = 0; i < 3; ++i) {
      bu[i] += weight * basis[i] * u;
      bv[i] += weight * basis[i] * v;
    }
  }

  // Cramer's rule; false when the system is singular.
  bool Solve(const double b[3], float& x, float& y, float& one) const {
    const double c00 = m[3] * m[5] - m[4] * m[4];
    const double c01 = m[2] * m[4] - m[1] * m[5];
    const double c02 = m[1] * m[4] - m[2] * m[3];
    const double c11 = m[0] * m[5] - m[2] * m[2];
    const double c12 = m[1] * m[2] - m[0] * m[4];
    const double c22 = m[0] * m[3] - m[1] * m[1];
    const double det = m[0] * c00 + m[1] * c01 + m[2] * c02;
    if (!(det > 1e-9)) return false;
    x = static_cast<float>((c00 * b[0] + c01 * b[1] + c02 * b[2]) / det);
    y = static_cast<float>((c01 * b[0] + c11 * b[1] + c12 * b[2]) / det);
    one = static_cast<float>((c02 * b[0] + c12 * b[1] + c22 * b[2]) / det);
    return true;
  }
};

// One patch's vector and what it may say.
struct Sample {
  float x, y, u, v;
  float support;
};

// The smaller eigenvalue of the structure tensor, saturating: how much the patch knows of both components of its motion.
float Support(const PatchField& field, std::size_t i, float noise_variance) {
  const float half_difference = 0.5F * (field.hxx[i] - field.hyy[i]);
  const float spread = std::sqrt(half_difference * half_difference + field.hxy[i] * field.hxy[i]);
  const float smaller = std::max(0.0F, 0.5F * (field.hxx[i] + field.hyy[i]) - spread);
  return field.trust[i] * field.Texture(i, noise_variance) * smaller / (smaller + 4.0F + field.error[i]);
}

std::vector<Sample> Collect(const PatchField& field, float noise_variance, float cx, float cy) {
  int step = 1;
  while (static_cast<int>(field.size()) / (step * step) > kEnoughPatches) ++step;
  std::vector<Sample> samples;
  for (int row = step / 2; row < field.rows.count(); row += step) {
    const auto line = static_cast<std::size_t>(row * field.columns.count());
    for (int column = step / 2; column < field.columns.count(); column += step) {
      const std::size_t i = line + static_cast<std::size_t>(column);
      const float x = field.columns.center(column) - cx;
      const float y = field.rows.center(row) - cy;
      samples.push_back({x, y, field.u[i], field.v[i], Support(field, i, noise_variance)});
    }
  }
  const float still = kStillPrior * 0.25F * static_cast<float>(samples.size());
  for (const float edge : {-1.0F, 1.0F}) {
    samples.push_back({edge * cx, edge * cy, 0.0F, 0.0F, still});
    samples.push_back({edge * cx, -edge * cy, 0.0F, 0.0F, still});
  }
  return samples;
}

}  // namespace

AffineMotion FitAffineMotion(const PatchField& field, int width, int height, float noise_variance, float scale_px,
                             const AffineMotion& initial) {
  AffineMotion motion = initial;
  const float half_width = static_cast<float>(width - 1) * 0.5F;
  const float half_height = static_cast<float>(height - 1) * 0.5F;
  const auto samples = Collect(field, noise_variance, half_width, half_height);
  for (int round = 0; round < kRounds; ++round) {
    // A wide scale first, so that a poor start still sees the majority.
    const float scale = scale_px * static_cast<float>(1 << 2 * (kRounds - 1 - round));
    NormalEquations equations;
    for (const Sample& sample : samples) {
      const float du = sample.u - motion.U(sample.x, sample.y);
      const float dv = sample.v - motion.V(sample.x, sample.y);
      const float robust = 1.0F / (1.0F + (du * du + dv * dv) / (scale * scale));
      equations.Add(sample.x, sample.y, sample.u, sample.v, sample.support * robust * robust);
    }
    AffineMotion next = motion;
    if (!equations.Solve(equations.bu, next.ux, next.uy, next.u0)) return motion;
    if (!equations.Solve(equations.bv, next.vx, next.vy, next.v0)) return motion;
    motion = next;
  }
  return motion;
}

}  // namespace kinetone::vision
