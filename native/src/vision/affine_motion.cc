// Weighted least squares for AffineMotion: two 3x3 systems that share one matrix.
#include "vision/affine_motion.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

constexpr int kRounds = 4;
// Ties the linear part to 0 where the picture gives it no support (px^2, in units of one well-textured patch).
constexpr double kSlopePrior = 1.0;

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

// How much a patch says about its motion: the smaller eigenvalue of its structure tensor, saturating.
double Support(const PatchField& field, std::size_t i) {
  const double half_trace = 0.5 * (field.hxx[i] + field.hyy[i]);
  const double spread = std::hypot(0.5 * (field.hxx[i] - field.hyy[i]), field.hxy[i]);
  const double smaller = std::max(0.0, half_trace - spread);
  return field.trust[i] * smaller / (smaller + 4.0 + field.error[i]);
}

}  // namespace

AffineMotion FitAffineMotion(const PatchField& field, int width, int height, float scale_px,
                             const AffineMotion& initial) {
  AffineMotion motion = initial;
  const float cx = static_cast<float>(width - 1) * 0.5F;
  const float cy = static_cast<float>(height - 1) * 0.5F;
  for (int round = 0; round < kRounds; ++round) {
    // A wide scale first, so that a poor start still sees the majority.
    const float scale = scale_px * static_cast<float>(1 << (kRounds - 1 - round));
    NormalEquations equations;
    equations.m[0] += kSlopePrior;
    equations.m[3] += kSlopePrior;
    std::size_t i = 0;
    for (int row = 0; row < field.rows.count(); ++row) {
      const float y = field.rows.center(row) - cy;
      for (int column = 0; column < field.columns.count(); ++column, ++i) {
        const float x = field.columns.center(column) - cx;
        const float du = field.u[i] - motion.U(x, y);
        const float dv = field.v[i] - motion.V(x, y);
        const double robust = 1.0 / (1.0 + (du * du + dv * dv) / (scale * scale));
        equations.Add(x, y, field.u[i], field.v[i], Support(field, i) * robust * robust);
      }
    }
    AffineMotion next = motion;
    if (!equations.Solve(equations.bu, next.ux, next.uy, next.u0)) return motion;
    if (!equations.Solve(equations.bv, next.vx, next.vy, next.v0)) return motion;
    motion = next;
  }
  return motion;
}

}  // namespace kinetone::vision
