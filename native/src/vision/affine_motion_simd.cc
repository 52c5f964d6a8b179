// Eight partial sums of everything, so that no compiler need reorder an addition.
#include "vision/affine_motion.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kLanes = 8;

void Sum(const float* x, const float* y, const float* u, const float* v, const float* support, int count,
         const AffineMotion& motion, float scale_px, float out[12]) {
  const float flatness = 1.0F / (scale_px * scale_px);
  const AffineMotion m = motion;
  float sums[12][kLanes] = {};
  for (int i = 0; i < count; i += kLanes) {
    float weighted_x[kLanes], weighted_y[kLanes], weight[kLanes];
    for (int k = 0; k < kLanes; ++k) {
      const float du = u[i + k] - (m.u0 + m.ux * x[i + k] + m.uy * y[i + k]);
      const float dv = v[i + k] - (m.v0 + m.vx * x[i + k] + m.vy * y[i + k]);
      const float robust = 1.0F / (1.0F + (du * du + dv * dv) * flatness);
      weight[k] = support[i + k] * robust * robust;
      weighted_x[k] = weight[k] * x[i + k];
      weighted_y[k] = weight[k] * y[i + k];
    }
    for (int k = 0; k < kLanes; ++k) {
      sums[0][k] += weighted_x[k] * x[i + k];
      sums[1][k] += weighted_x[k] * y[i + k];
      sums[2][k] += weighted_x[k];
      sums[3][k] += weighted_y[k] * y[i + k];
      sums[4][k] += weighted_y[k];
      sums[5][k] += weight[k];
    }
    for (int k = 0; k < kLanes; ++k) {
      sums[6][k] += weighted_x[k] * u[i + k];
      sums[7][k] += weighted_y[k] * u[i + k];
      sums[8][k] += weight[k] * u[i + k];
      sums[9][k] += weighted_x[k] * v[i + k];
      sums[10][k] += weighted_y[k] * v[i + k];
      sums[11][k] += weight[k] * v[i + k];
    }
  }
  for (int term = 0; term < 12; ++term) {
    float total = 0.0F;
    for (int k = 0; k < kLanes; ++k) total += sums[term][k];
    out[term] = total;
  }
}

}  // namespace

extern const AffineMotionKernels kAffineMotionSums = {Sum};

}  // namespace kinetone::vision::KINETONE_SIMD
