// Nearest centres and sums over a few hundred colours. Eight partial sums of everything, so that no compiler need reorder an
// addition.
#include "vision/dominant_colors.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr float kFar = 3e38F;
constexpr int kLanes = 8;

float Total(const float lanes[kLanes]) {
  float total = 0.0F;
  for (int k = 0; k < kLanes; ++k) total += lanes[k];
  return total;
}

#if defined(__AVX2__)

// All centres while eight colours are in registers.
void Assign(const ColorArrays& colors, const DominantColor* centers, int centers_count, std::int32_t* owner, float* distance) {
  const __m256 chroma = _mm256_set1_ps(kChromaWeight);
  for (int i = 0; i < colors.count; i += kLanes) {
    const __m256 y = _mm256_loadu_ps(colors.y + i), u = _mm256_loadu_ps(colors.u + i), v = _mm256_loadu_ps(colors.v + i);
    __m256 least = _mm256_set1_ps(kFar);
    __m256i nearest = _mm256_set1_epi32(-1);
    for (std::int32_t center = 0; center < centers_count; ++center) {
      if (centers[center].weight <= 0.0F) continue;
      const Yuv& at = centers[center].color;
      const __m256 dy = _mm256_sub_ps(y, _mm256_set1_ps(at.y));
      const __m256 du = _mm256_sub_ps(u, _mm256_set1_ps(at.u));
      const __m256 dv = _mm256_sub_ps(v, _mm256_set1_ps(at.v));
      const __m256 tint = _mm256_add_ps(_mm256_mul_ps(du, du), _mm256_mul_ps(dv, dv));
      const __m256 squared = _mm256_add_ps(_mm256_mul_ps(dy, dy), _mm256_mul_ps(chroma, tint));
      const __m256 is_nearer = _mm256_cmp_ps(squared, least, _CMP_LT_OQ);
      least = _mm256_blendv_ps(least, squared, is_nearer);
      nearest = _mm256_blendv_epi8(nearest, _mm256_set1_epi32(center), _mm256_castps_si256(is_nearer));
    }
    _mm256_storeu_ps(distance + i, least);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(owner + i), nearest);
  }
}

ColorSum Sum(const ColorArrays& weighted, const float* weights, const std::int32_t* owner, std::int32_t whose) {
  const __m256i own = _mm256_set1_epi32(whose);
  __m256 y = _mm256_setzero_ps(), u = y, v = y, weight = y;
  for (int i = 0; i < weighted.count; i += kLanes) {
    const __m256i owners = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(owner + i));
    const __m256 is_own = _mm256_castsi256_ps(_mm256_cmpeq_epi32(owners, own));
    y = _mm256_add_ps(y, _mm256_and_ps(is_own, _mm256_loadu_ps(weighted.y + i)));
    u = _mm256_add_ps(u, _mm256_and_ps(is_own, _mm256_loadu_ps(weighted.u + i)));
    v = _mm256_add_ps(v, _mm256_and_ps(is_own, _mm256_loadu_ps(weighted.v + i)));
    weight = _mm256_add_ps(weight, _mm256_and_ps(is_own, _mm256_loadu_ps(weights + i)));
  }
  float lanes[4][kLanes];
  _mm256_storeu_ps(lanes[0], y);
  _mm256_storeu_ps(lanes[1], u);
  _mm256_storeu_ps(lanes[2], v);
  _mm256_storeu_ps(lanes[3], weight);
  return {Total(lanes[0]), Total(lanes[1]), Total(lanes[2]), Total(lanes[3])};
}

#else

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

ColorSum Sum(const ColorArrays& weighted, const float* weights, const std::int32_t* owner, std::int32_t whose) {
  float sums[4][kLanes] = {};
  for (int i = 0; i < weighted.count; i += kLanes) {
    for (int k = 0; k < kLanes; ++k) {
      const bool is_own = owner[i + k] == whose;
      sums[0][k] += is_own ? weighted.y[i + k] : 0.0F;
      sums[1][k] += is_own ? weighted.u[i + k] : 0.0F;
      sums[2][k] += is_own ? weighted.v[i + k] : 0.0F;
      sums[3][k] += is_own ? weights[i + k] : 0.0F;
    }
  }
  return {Total(sums[0]), Total(sums[1]), Total(sums[2]), Total(sums[3])};
}

#endif

float Worth(const float* weights, const float* distance, int count, float least, float most) {
  float best[kLanes] = {};
  for (int i = 0; i < count; i += kLanes) {
    for (int k = 0; k < kLanes; ++k) {
      const float far = distance[i + k] < most ? distance[i + k] : most;
      const float value = distance[i + k] < least ? 0.0F : weights[i + k] * far;
      best[k] = best[k] < value ? value : best[k];
    }
  }
  float largest = 0.0F;
  for (int k = 0; k < kLanes; ++k) largest = largest < best[k] ? best[k] : largest;
  return largest;
}

}  // namespace

extern const DominantColorKernels kDominantColorLoops = {Assign, Sum, Worth};

}  // namespace kinetone::vision::KINETONE_SIMD
