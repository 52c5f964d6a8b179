// 2x2 means and second differences.
#include "vision/image_pyramid.h"

#include "rt/vectorize.h"

#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace kinetone::vision::KINETONE_SIMD {
namespace {

void HalveRow(const std::uint8_t* above, const std::uint8_t* below, int width, std::uint8_t* out) {
  int x = 0;
#if defined(__AVX2__)
  const __m256i one = _mm256_set1_epi8(1);
  const __m256i two = _mm256_set1_epi16(2);
  const auto sums = [&](int at) {
    const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(above + at));
    const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(below + at));
    const __m256i sum = _mm256_add_epi16(_mm256_maddubs_epi16(a, one), _mm256_maddubs_epi16(b, one));
    return _mm256_srli_epi16(_mm256_add_epi16(sum, two), 2);
  };
  for (; x + 32 <= width; x += 32) {
    const __m256i packed = _mm256_packus_epi16(sums(2 * x), sums(2 * x + 32));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + x), _mm256_permute4x64_epi64(packed, _MM_SHUFFLE(3, 1, 2, 0)));
  }
#endif
  KINETONE_INDEPENDENT
  for (int i = x; i < width; ++i) {
    out[i] = static_cast<std::uint8_t>((above[2 * i] + above[2 * i + 1] + below[2 * i] + below[2 * i + 1] + 2) >> 2);
  }
}

std::int32_t BendEnergy(const std::uint8_t* block, std::ptrdiff_t stride) {
  constexpr int kSide = 8;
  // Along the columns first, one column more on either side.
  std::int32_t sum = 0;
  for (int y = 0; y < kSide; ++y) {
    const std::uint8_t* row = block + y * stride;
    std::int16_t bend[kSide + 2];
    for (int x = 0; x < kSide + 2; ++x) {
      const std::uint8_t* at = row + x - 1;
      bend[x] = static_cast<std::int16_t>(at[-stride] - 2 * at[0] + at[stride]);
    }
    for (int x = 0; x < kSide; ++x) {
      const std::int32_t second = bend[x] - 2 * bend[x + 1] + bend[x + 2];
      sum += second * second;
    }
  }
  return sum;
}

}  // namespace

extern const ImagePyramidKernels kPyramidKernels = {HalveRow, BendEnergy};

}  // namespace kinetone::vision::KINETONE_SIMD
