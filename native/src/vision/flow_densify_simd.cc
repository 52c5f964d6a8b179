// Straight pieces from patch centre to patch centre, nearly all of them eight pixels long.
#include "vision/flow_densify.h"

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kVector = 8;
constexpr int kStretch = 16 * kVector;

void Mix(const float* a, const float* b, float t, int count, float* out) {
  KINETONE_INDEPENDENT
  for (int i = 0; i < count; ++i) out[i] = a[i] + t * (b[i] - a[i]);
}

// out[k] = first + k * step for eight pixels.
void RampOfEight(float first, float step, float* out) {
#if defined(__GNUC__)
  // Left to themselves, compilers fill this vector number by number.
  typedef float Eight __attribute__((vector_size(32), aligned(4), may_alias));
  *reinterpret_cast<Eight*>(out) = first + step * Eight{0.0F, 1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F, 7.0F};
#else
  for (int k = 0; k < kVector; ++k) out[k] = first + step * static_cast<float>(k);
#endif
}

void Ramp(float first, float step, int count, float* out) {
  int x = 0;
  for (; x + kVector <= count; x += kVector) RampOfEight(first + step * static_cast<float>(x), step, out + x);
  for (; x < count; ++x) out[x] = first + step * static_cast<float>(x);
}

int Within(int x, int width) { return x < 0 ? 0 : x > width ? width : x; }

void Row(const DensifyRow& row, float* out) {
  constexpr int kHalf = kPatchSize / 2;
  // Outside the outermost centres only the dominant motion's slope goes on.
  const int first = Within(row.origins[0] + kHalf, row.width);
  Ramp(row.nodes[0] + row.base, row.slope, first, out);
  float values[kStretch], steps[kStretch];
  for (int start = 0; start + 1 < row.columns; start += kStretch) {
    const int count = row.columns - 1 - start < kStretch ? row.columns - 1 - start : kStretch;
    const float* const nodes = row.nodes + start;
    const int* const origins = row.origins + start;
    // Centres lie half a pixel before a piece begins.
    KINETONE_INDEPENDENT
    for (int i = 0; i < count; ++i) {
      const float step = (nodes[i + 1] - nodes[i]) * (1.0F / static_cast<float>(origins[i + 1] - origins[i]));
      values[i] = nodes[i] + 0.5F * step + row.base + row.slope * static_cast<float>(origins[i] + kHalf);
      steps[i] = step + row.slope;
    }
    for (int i = 0; i < count; ++i) {
      const int span = origins[i + 1] - origins[i];
      float* const piece = out + origins[i] + kHalf;
      if (span == kVector) {
        RampOfEight(values[i], steps[i], piece);
      } else {
        Ramp(values[i], steps[i], span, piece);
      }
    }
  }
  const int last = Within(row.origins[row.columns - 1] + kHalf, row.width);
  Ramp(row.nodes[row.columns - 1] + row.base + row.slope * static_cast<float>(last), row.slope, row.width - last, out + last);
}

}  // namespace

extern const FlowDensifyKernels kFlowDensify = {Mix, Row};

}  // namespace kinetone::vision::KINETONE_SIMD
