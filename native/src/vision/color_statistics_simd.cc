// Integer sums: the same on every level.
#include "vision/color_statistics.h"

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

#include "rt/vectorize.h"

namespace kinetone::vision::KINETONE_SIMD {
namespace {

constexpr int kGrey = 128;

std::int64_t Row(const std::uint8_t* samples, int width) {
  std::int64_t sum = 0;
  int x = 0;
#if defined(__AVX2__)
  __m256i sums = _mm256_setzero_si256();
  for (; x + 32 <= width; x += 32) {
    sums = _mm256_add_epi64(sums, _mm256_sad_epu8(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(samples + x)), _mm256_setzero_si256()));
  }
  alignas(32) std::int64_t lanes[4];
  _mm256_store_si256(reinterpret_cast<__m256i*>(lanes), sums);
  sum = lanes[0] + lanes[1] + lanes[2] + lanes[3];
#elif defined(__SSE2__) || defined(_M_X64)
  __m128i sums = _mm_setzero_si128();
  for (; x + 16 <= width; x += 16) {
    sums = _mm_add_epi64(sums, _mm_sad_epu8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(samples + x)), _mm_setzero_si128()));
  }
  alignas(16) std::int64_t lanes[2];
  _mm_store_si128(reinterpret_cast<__m128i*>(lanes), sums);
  sum = lanes[0] + lanes[1];
#endif
  std::int32_t rest = 0;
  for (; x < width; ++x) rest += samples[x];
  return sum + rest;
}

void Chroma(const std::uint8_t* u, const std::uint8_t* v, int width, ChromaSums& sums) {
  std::int32_t uu = 0;
  std::int32_t uv = 0;
  std::int32_t vv = 0;
  KINETONE_INDEPENDENT
  for (int x = 0; x < width; ++x) {
    const auto cu = static_cast<std::int16_t>(u[x] - kGrey);
    const auto cv = static_cast<std::int16_t>(v[x] - kGrey);
    uu += cu * cu;
    uv += cu * cv;
    vv += cv * cv;
  }
  sums.u += Row(u, width) - static_cast<std::int64_t>(kGrey) * width;
  sums.v += Row(v, width) - static_cast<std::int64_t>(kGrey) * width;
  sums.uu += uu;
  sums.uv += uv;
  sums.vv += vv;
}

}  // namespace

extern const ColorSumKernels kColorSums = {Row, Chroma};

}  // namespace kinetone::vision::KINETONE_SIMD
