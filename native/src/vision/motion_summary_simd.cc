// Eight partial sums of everything, so that no compiler need reorder an addition.
#include "vision/motion_summary.h"

#include <math.h>

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kLanes = 8;
// tan(22.5 degrees): the borders of the bins centred on the axes.
constexpr float kTan22 = 0.41421356F;

struct Bins {
  float right[kLanes] = {}, left[kLanes] = {}, up[kLanes] = {}, down[kLanes] = {};
  float right_up[kLanes] = {}, left_up[kLanes] = {}, right_down[kLanes] = {}, left_down[kLanes] = {};
};

// Bins by comparison of the sides; v points down.
void AddEight(const float* u, const float* v, Bins& bins) {
  for (int k = 0; k < kLanes; ++k) {
    const float squared = u[k] * u[k] + v[k] * v[k];
    const float length = squared < kStillPx * kStillPx ? 0.0F : sqrtf(squared);
    const float x = fabsf(u[k]);
    const float y = fabsf(v[k]);
    const float flat = y < x * kTan22 ? length : 0.0F;
    const float steep = x < y * kTan22 ? length : 0.0F;
    const float slant = length - flat - steep;
    const float flat_right = u[k] > 0.0F ? flat : 0.0F;
    const float slant_right = u[k] > 0.0F ? slant : 0.0F;
    const float slant_left = slant - slant_right;
    const float steep_up = v[k] < 0.0F ? steep : 0.0F;
    const float right_up = v[k] < 0.0F ? slant_right : 0.0F;
    const float left_up = v[k] < 0.0F ? slant_left : 0.0F;
    bins.right[k] += flat_right;
    bins.left[k] += flat - flat_right;
    bins.up[k] += steep_up;
    bins.down[k] += steep - steep_up;
    bins.right_up[k] += right_up;
    bins.left_up[k] += left_up;
    bins.right_down[k] += slant_right - right_up;
    bins.left_down[k] += slant_left - left_up;
  }
}

float Total(const float lanes[kLanes]) {
  float total = 0.0F;
  for (int k = 0; k < kLanes; ++k) total += lanes[k];
  return total;
}

void Directions(const float* u, const float* v, int width, float bins[kDirectionBins]) {
  Bins sums;
  int x = 0;
  for (; x + kLanes <= width; x += kLanes) AddEight(u + x, v + x, sums);
  float rest_u[kLanes] = {}, rest_v[kLanes] = {};
  for (int k = 0; x + k < width; ++k) {
    rest_u[k] = u[x + k];
    rest_v[k] = v[x + k];
  }
  AddEight(rest_u, rest_v, sums);
  const float* const order[] = {sums.right, sums.right_up, sums.up, sums.left_up, sums.left, sums.left_down, sums.down, sums.right_down};
  for (int bin = 0; bin < 8; ++bin) bins[bin] += Total(order[bin]);
}

void Blocks(const float* row, int width, int block, float* sums) {
  for (int begin = 0; begin < width; begin += block) {
    float sum = 0.0F;
    for (int x = begin; x < begin + block && x < width; ++x) sum += row[x];
    *sums++ += sum;
  }
}

}  // namespace

extern const MotionKernels kMotionRows = {Directions, Blocks};

}  // namespace kinetone::vision::KINETONE_SIMD
