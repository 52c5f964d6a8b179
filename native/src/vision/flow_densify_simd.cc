// Straight pieces from patch centre to patch centre, nearly all of them eight pixels long.
#include "vision/flow_densify.h"

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kVector = 8;

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
  for (int node = 0; node + 1 < row.columns; ++node) {
    const int begin = row.origins[node] + kHalf;
    const int span = row.origins[node + 1] - row.origins[node];
    const float inverse = span == kVector ? 1.0F / kVector : 1.0F / static_cast<float>(span);
    const float step = (row.nodes[node + 1] - row.nodes[node]) * inverse;
    // Centres lie half a pixel before `begin`.
    const float value = row.nodes[node] + 0.5F * step + row.base + row.slope * static_cast<float>(begin);
    if (span == kVector) {
      RampOfEight(value, step + row.slope, out + begin);
    } else {
      Ramp(value, step + row.slope, span, out + begin);
    }
  }
  const int last = Within(row.origins[row.columns - 1] + kHalf, row.width);
  Ramp(row.nodes[row.columns - 1] + row.base + row.slope * static_cast<float>(last), row.slope, row.width - last, out + last);
}

}  // namespace

extern const FlowDensifyKernels kFlowDensify = {Mix, Row};

}  // namespace kinetone::vision::KINETONE_SIMD
