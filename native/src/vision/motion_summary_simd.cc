// Eight partial sums of everything, so that no compiler need reorder an addition.
#include "vision/motion_summary.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif
#include <math.h>

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kLanes = 8;
// tan(22.5 degrees): the borders of the bins centred on the axes.
constexpr float kTan22 = 0.41421356F;

#if defined(__AVX2__)

// Square roots of numbers not near 0, to a part in 2^17: twice as fast as the exact ones, and, unlike the processor's own
// estimate, the same everywhere. The constant's source: Lomont, "Fast inverse square root", 2003.
__m256 Root(__m256 squared) {
  const __m256 half = _mm256_mul_ps(squared, _mm256_set1_ps(0.5F));
  const __m256 three_halves = _mm256_set1_ps(1.5F);
  __m256 inverse = _mm256_castsi256_ps(_mm256_sub_epi32(_mm256_set1_epi32(0x5f375a86), _mm256_srli_epi32(_mm256_castps_si256(squared), 1)));
  for (int step = 0; step < 2; ++step) {
    inverse = _mm256_mul_ps(inverse, _mm256_sub_ps(three_halves, _mm256_mul_ps(_mm256_mul_ps(half, inverse), inverse)));
  }
  return _mm256_mul_ps(squared, inverse);
}

// Bins by comparison of the sides; v points down. Most of a calm picture is still.
inline void AddEight(const float* u_row, const float* v_row, __m256 bins[8]) {
  const __m256 u = _mm256_loadu_ps(u_row);
  const __m256 v = _mm256_loadu_ps(v_row);
  const __m256 squared = _mm256_add_ps(_mm256_mul_ps(u, u), _mm256_mul_ps(v, v));
  const __m256 moves = _mm256_cmp_ps(squared, _mm256_set1_ps(kStillPx * kStillPx), _CMP_NLT_UQ);
  if (_mm256_movemask_ps(moves) == 0) return;
  const __m256 length = _mm256_and_ps(moves, Root(squared));
  const __m256 sign = _mm256_set1_ps(-0.0F);
  const __m256 zero = _mm256_setzero_ps();
  const __m256 tan22 = _mm256_set1_ps(kTan22);
  const __m256 x = _mm256_andnot_ps(sign, u);
  const __m256 y = _mm256_andnot_ps(sign, v);
  const __m256 flat = _mm256_and_ps(length, _mm256_cmp_ps(y, _mm256_mul_ps(x, tan22), _CMP_LT_OQ));
  const __m256 steep = _mm256_and_ps(length, _mm256_cmp_ps(x, _mm256_mul_ps(y, tan22), _CMP_LT_OQ));
  const __m256 slant = _mm256_sub_ps(_mm256_sub_ps(length, flat), steep);
  const __m256 to_right = _mm256_cmp_ps(u, zero, _CMP_GT_OQ);
  const __m256 to_top = _mm256_cmp_ps(v, zero, _CMP_LT_OQ);
  const __m256 slant_right = _mm256_and_ps(to_right, slant);
  const __m256 slant_left = _mm256_andnot_ps(to_right, slant);
  const auto add = [&](int bin, __m256 values) { bins[bin] = _mm256_add_ps(bins[bin], values); };
  add(0, _mm256_and_ps(to_right, flat));
  add(1, _mm256_and_ps(to_top, slant_right));
  add(2, _mm256_and_ps(to_top, steep));
  add(3, _mm256_and_ps(to_top, slant_left));
  add(4, _mm256_andnot_ps(to_right, flat));
  add(5, _mm256_andnot_ps(to_top, slant_left));
  add(6, _mm256_andnot_ps(to_top, steep));
  add(7, _mm256_andnot_ps(to_top, slant_right));
}

float Total(__m256 lanes) {
  alignas(32) float numbers[kLanes];
  _mm256_store_ps(numbers, lanes);
  float total = 0.0F;
  for (int k = 0; k < kLanes; ++k) total += numbers[k];
  return total;
}

void Directions(const float* u, const float* v, int width, float bins[kDirectionBins]) {
  __m256 sums[8];
  for (int bin = 0; bin < 8; ++bin) sums[bin] = _mm256_setzero_ps();
  int x = 0;
  for (; x + kLanes <= width; x += kLanes) AddEight(u + x, v + x, sums);
  if (x < width) {
    float rest_u[kLanes] = {}, rest_v[kLanes] = {};
    for (int k = 0; x + k < width; ++k) {
      rest_u[k] = u[x + k];
      rest_v[k] = v[x + k];
    }
    AddEight(rest_u, rest_v, sums);
  }
  for (int bin = 0; bin < 8; ++bin) bins[bin] += Total(sums[bin]);
}

#else

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

#endif

void Blocks(const float* row, int width, int block, float* sums) {
  for (int begin = 0; begin < width; begin += block) {
    float sum = 0.0F;
    for (int x = begin; x < begin + block && x < width; ++x) sum += row[x];
    *sums++ += sum;
  }
}

void Rows(const float* first, int count, int width, float* out) {
  if (count == 4) {
    const float *a = first, *b = a + width, *c = b + width, *d = c + width;
    KINETONE_INDEPENDENT
    for (int x = 0; x < width; ++x) out[x] = (a[x] + b[x]) + (c[x] + d[x]);
    return;
  }
  for (int x = 0; x < width; ++x) out[x] = first[x];
  for (int row = 1; row < count; ++row) {
    const float* next = first + static_cast<long long>(row) * width;
    KINETONE_INDEPENDENT
    for (int x = 0; x < width; ++x) out[x] += next[x];
  }
}

}  // namespace

extern const MotionKernels kMotionRows = {Directions, Blocks, Rows};

}  // namespace kinetone::vision::KINETONE_SIMD
