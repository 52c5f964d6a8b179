// Nearest centres, centre after centre over a few hundred colours.
#include "vision/dominant_colors.h"

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr float kFar = 3e38F;

void Assign(const ColorArrays& colors, const DominantColor* centers, int centers_count, std::int32_t* owner, float* distance) {
  const int count = colors.count;
  const float *y = colors.y, *u = colors.u, *v = colors.v;
  KINETONE_INDEPENDENT
  for (int i = 0; i < count; ++i) {
    owner[i] = -1;
    distance[i] = kFar;
  }
  for (std::int32_t center = 0; center < centers_count; ++center) {
    if (centers[center].weight <= 0.0F) continue;
    const Yuv at = centers[center].color;
    KINETONE_INDEPENDENT
    for (int i = 0; i < count; ++i) {
      const float dy = y[i] - at.y;
      const float du = u[i] - at.u;
      const float dv = v[i] - at.v;
      const float squared = dy * dy + kChromaWeight * (du * du + dv * dv);
      const float least = distance[i];
      const std::int32_t former = owner[i];
      owner[i] = squared < least ? center : former;
      distance[i] = squared < least ? squared : least;
    }
  }
}

}  // namespace

extern const DominantColorKernels kDominantColorLoops = {Assign};

}  // namespace kinetone::vision::KINETONE_SIMD
