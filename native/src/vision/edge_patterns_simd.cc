// Eight partial sums of everything, so that no compiler need reorder an addition.
#include <math.h>

#include "rt/vectorize.h"
#include "vision/edge_patterns.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kLanes = 8;

void Normals(const std::int16_t* gx, const std::int16_t* gy, int count, float* nx, float* ny) {
  KINETONE_INDEPENDENT
  for (int i = 0; i < count; ++i) {
    const auto slope_x = static_cast<float>(gx[i]);
    const auto slope_y = static_cast<float>(gy[i]);
    const float inverse = 1.0F / sqrtf(slope_x * slope_x + slope_y * slope_y);
    nx[i] = slope_x * inverse;
    ny[i] = slope_y * inverse;
  }
}

void Positions(const std::int16_t* position, float center, float scale, int count, float* out) {
  KINETONE_INDEPENDENT
  for (int i = 0; i < count; ++i) out[i] = (static_cast<float>(position[i]) - center) * scale;
}

float Total(const float lanes[kLanes]) {
  float total = 0.0F;
  for (int k = 0; k < kLanes; ++k) total += lanes[k];
  return total;
}

EdgeMoments Moments(const EdgeNormals& edges) {
  float sums[9][kLanes] = {};
  for (int i = 0; i < edges.count; i += kLanes) {
    for (int k = 0; k < kLanes; ++k) {
      const float x = edges.x[i + k], y = edges.y[i + k], nx = edges.nx[i + k], ny = edges.ny[i + k];
      const float c2 = nx * nx - ny * ny;
      const float s2 = 2.0F * nx * ny;
      const float across = nx * x + ny * y;
      const float along = nx * y - ny * x;
      sums[0][k] += nx * nx;
      sums[1][k] += nx * ny;
      sums[2][k] += ny * ny;
      sums[3][k] += c2 * c2 - s2 * s2;
      sums[4][k] += 2.0F * c2 * s2;
      sums[5][k] += across * nx;
      sums[6][k] += across * ny;
      sums[7][k] -= along * ny;
      sums[8][k] += along * nx;
    }
  }
  return {Total(sums[0]), Total(sums[1]), Total(sums[2]), Total(sums[3]), Total(sums[4]),
          Total(sums[5]), Total(sums[6]), Total(sums[7]), Total(sums[8])};
}

float Alignment(const EdgeNormals& edges, float x, float y, float near) {
  float sums[kLanes] = {};
  for (int i = 0; i < edges.count; i += kLanes) {
    for (int k = 0; k < kLanes; ++k) {
      const float nx = edges.nx[i + k], ny = edges.ny[i + k];
      const float dx = edges.x[i + k] - x;
      const float dy = edges.y[i + k] - y;
      const float distance2 = dx * dx + dy * dy;
      const float across = nx * dx + ny * dy;
      // For a unit n: 2 cos^2 - 1; for a zero one 0.
      const float cos2 = 2.0F * across * across / (distance2 + 1e-20F) - (nx * nx + ny * ny);
      sums[k] += distance2 >= near * near ? cos2 : 0.0F;
    }
  }
  return Total(sums);
}

}  // namespace

extern const EdgePatternKernels kEdgePatternSums = {Normals, Positions, Moments, Alignment};

}  // namespace kinetone::vision::KINETONE_SIMD
