// By hand for SSE2 (GCC leaves the plain loops scalar: five times slower), as plain loops elsewhere.
#include "vision/patch_kernel.h"

#include "vision/patch_field.h"

#if defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#define KINETONE_SSE2 1
#endif

namespace kinetone::vision {

static_assert(kPatchSize == 8);

TextureSums LoadPatchScalar(const std::uint8_t* luma, const std::int16_t* gradient_x, const std::int16_t* gradient_y,
                             std::ptrdiff_t stride, std::int16_t* value, std::int16_t* gx, std::int16_t* gy) {
  TextureSums sums;
  for (int i = 0; i < kPatchSize * kPatchSize; ++i) {
    const std::ptrdiff_t at = i / kPatchSize * stride + i % kPatchSize;
    value[i] = static_cast<std::int16_t>(luma[at] * kWeightSum);
    gx[i] = gradient_x[at];
    gy[i] = gradient_y[at];
    sums.value += value[i];
    sums.x += gx[i];
    sums.y += gy[i];
    sums.xx += gx[i] * gx[i];
    sums.xy += gx[i] * gy[i];
    sums.yy += gy[i] * gy[i];
  }
  return sums;
}

PatchSums SumPatchScalar(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const std::int16_t* value,
                         const std::int16_t* gx, const std::int16_t* gy) {
  PatchSums sums;
  for (int y = 0; y < kPatchSize; ++y) {
    const std::uint8_t* a = target + y * stride;
    const std::uint8_t* b = a + stride;
    for (int x = 0; x < kPatchSize; ++x) {
      const int i = y * kPatchSize + x;
      const int residual = a[x] * weights.top_left + a[x + 1] * weights.top_right + b[x] * weights.bottom_left +
                           b[x + 1] * weights.bottom_right - value[i];
      const int cut = residual >> kErrorShift;
      sums.gx += residual * gx[i];
      sums.gy += residual * gy[i];
      sums.residual += residual;
      sums.squares += cut * cut;
    }
  }
  return sums;
}

#ifdef KINETONE_SSE2

namespace {

constexpr int kWeightBits = 7;
static_assert(1 << kWeightBits == kWeightSum);

__m128i LoadBytes(const std::uint8_t* bytes) {
  return _mm_unpacklo_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes)), _mm_setzero_si128());
}

__m128i Load(const std::int16_t* lanes) { return _mm_load_si128(reinterpret_cast<const __m128i*>(lanes)); }

void Store(std::int16_t* lanes, __m128i values) { _mm_store_si128(reinterpret_cast<__m128i*>(lanes), values); }

std::int32_t Total(__m128i sum) {
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(1, 0, 3, 2)));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(2, 3, 0, 1)));
  return _mm_cvtsi128_si32(sum);
}

}  // namespace

TextureSums LoadPatch(const std::uint8_t* luma, const std::int16_t* gradient_x, const std::int16_t* gradient_y,
                       std::ptrdiff_t stride, std::int16_t* value, std::int16_t* gx, std::int16_t* gy) {
  const __m128i one = _mm_set1_epi16(1);
  __m128i values = _mm_setzero_si128();
  __m128i sx = _mm_setzero_si128();
  __m128i sy = _mm_setzero_si128();
  __m128i xx = _mm_setzero_si128();
  __m128i xy = _mm_setzero_si128();
  __m128i yy = _mm_setzero_si128();
  for (int row = 0; row < kPatchSize; ++row) {
    const __m128i x = _mm_loadu_si128(reinterpret_cast<const __m128i*>(gradient_x + row * stride));
    const __m128i y = _mm_loadu_si128(reinterpret_cast<const __m128i*>(gradient_y + row * stride));
    const __m128i bytes = _mm_slli_epi16(LoadBytes(luma + row * stride), kWeightBits);
    Store(value + row * kPatchSize, bytes);
    Store(gx + row * kPatchSize, x);
    Store(gy + row * kPatchSize, y);
    values = _mm_add_epi32(values, _mm_madd_epi16(bytes, one));
    sx = _mm_add_epi32(sx, _mm_madd_epi16(x, one));
    sy = _mm_add_epi32(sy, _mm_madd_epi16(y, one));
    xx = _mm_add_epi32(xx, _mm_madd_epi16(x, x));
    xy = _mm_add_epi32(xy, _mm_madd_epi16(x, y));
    yy = _mm_add_epi32(yy, _mm_madd_epi16(y, y));
  }
  return {Total(values), Total(sx), Total(sy), Total(xx), Total(xy), Total(yy)};
}

PatchSums SumPatch(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const std::int16_t* value,
                   const std::int16_t* gx, const std::int16_t* gy) {
  const __m128i top_left = _mm_set1_epi16(weights.top_left);
  const __m128i top_right = _mm_set1_epi16(weights.top_right);
  const __m128i bottom_left = _mm_set1_epi16(weights.bottom_left);
  const __m128i bottom_right = _mm_set1_epi16(weights.bottom_right);
  const __m128i one = _mm_set1_epi16(1);
  __m128i sum_gx = _mm_setzero_si128();
  __m128i sum_gy = _mm_setzero_si128();
  __m128i sum = _mm_setzero_si128();
  __m128i squares = _mm_setzero_si128();
  __m128i left = LoadBytes(target);
  __m128i right = LoadBytes(target + 1);
  for (int y = 0; y < kPatchSize; ++y) {
    const __m128i top = _mm_add_epi16(_mm_mullo_epi16(left, top_left), _mm_mullo_epi16(right, top_right));
    target += stride;
    left = LoadBytes(target);
    right = LoadBytes(target + 1);
    const __m128i bottom = _mm_add_epi16(_mm_mullo_epi16(left, bottom_left), _mm_mullo_epi16(right, bottom_right));
    const __m128i residual = _mm_sub_epi16(_mm_add_epi16(top, bottom), Load(value + y * kPatchSize));
    const __m128i cut = _mm_srai_epi16(residual, kErrorShift);
    sum_gx = _mm_add_epi32(sum_gx, _mm_madd_epi16(residual, Load(gx + y * kPatchSize)));
    sum_gy = _mm_add_epi32(sum_gy, _mm_madd_epi16(residual, Load(gy + y * kPatchSize)));
    sum = _mm_add_epi32(sum, _mm_madd_epi16(residual, one));
    squares = _mm_add_epi32(squares, _mm_madd_epi16(cut, cut));
  }
  return {Total(sum_gx), Total(sum_gy), Total(sum), Total(squares)};
}

#else

TextureSums LoadPatch(const std::uint8_t* luma, const std::int16_t* gradient_x, const std::int16_t* gradient_y,
                       std::ptrdiff_t stride, std::int16_t* value, std::int16_t* gx, std::int16_t* gy) {
  return LoadPatchScalar(luma, gradient_x, gradient_y, stride, value, gx, gy);
}

PatchSums SumPatch(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const std::int16_t* value,
                   const std::int16_t* gx, const std::int16_t* gy) {
  return SumPatchScalar(target, stride, weights, value, gx, gy);
}

#endif

}  // namespace kinetone::vision
