// The innermost loops of optical flow: an 8x8 patch made ready, and the sums of one warped patch minus it. Integers only: the
// same sums on every level. For *_simd.cc files: everything stands in the level's own namespace.
#pragma once

#include <cstddef>
#include <cstdint>

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#endif

namespace kinetone::vision::KINETONE_SIMD {

// Bilinear weights sum to 2^6, so that a single one fits a signed byte and a weighted sum of bytes 16 bits.
inline constexpr int kWeightBits = 6;
inline constexpr int kWeightSum = 1 << kWeightBits;
// Residuals are cut to 1/16 grey before squaring, so that 64 squares fit 32 bits.
inline constexpr int kErrorShift = 2;

// The weights of a row's left and right pixel: left + 256 * right.
struct PatchWeights {
  std::int32_t top, bottom;
};

struct alignas(16) FourSums {
  std::int32_t at[4];
};

// Sums over the patch: its values (grey) and its gradients (luma[x + 1] - luma[x - 1]), plain, squared and multiplied:
// value, x, y, xx and xy, yy, nothing, nothing.
struct TextureSums {
  FourSums first, second;
};

// 64 values and gradients; their order is the level's own.
struct alignas(32) PatchPixels {
  std::int16_t value[64], gx[64], gy[64];
};

#if defined(__AVX2__)

// Rows r and r + 4 of a patch share a register: five such pairs hold the nine rows of a warped patch.
inline __m256i LoadRowPair(const std::uint8_t* row, std::ptrdiff_t stride) {
  const __m128i upper = _mm_loadu_si128(reinterpret_cast<const __m128i*>(row));
  return _mm256_inserti128_si256(_mm256_castsi128_si256(upper), _mm_loadu_si128(reinterpret_cast<const __m128i*>(row + 4 * stride)), 1);
}

inline __m256i* Lanes(std::int16_t* numbers, int pair) { return reinterpret_cast<__m256i*>(numbers) + pair; }
inline __m256i Lanes(const std::int16_t* numbers, int pair) { return _mm256_load_si256(reinterpret_cast<const __m256i*>(numbers) + pair); }

// The totals of four (of the last two: any) registers of eight numbers.
inline __m128i Totals(__m256i a, __m256i b, __m256i c, __m256i d) {
  const __m256i sums = _mm256_hadd_epi32(_mm256_hadd_epi32(a, b), _mm256_hadd_epi32(c, d));
  return _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
}

// Bytes first .. first + 7 of both halves as 16-bit numbers.
template <int first>
inline __m256i Widened(__m256i bytes) {
  const __m128i order = _mm_setr_epi8(first, -1, first + 1, -1, first + 2, -1, first + 3, -1, first + 4, -1, first + 5, -1, first + 6,
                                      -1, first + 7, -1);
  return _mm256_shuffle_epi8(bytes, _mm256_broadcastsi128_si256(order));
}

inline TextureSums LoadPatch(const std::uint8_t* luma, std::ptrdiff_t stride, PatchPixels& out) {
  const __m256i one = _mm256_set1_epi16(1);
  const __m256i zero = _mm256_setzero_si256();
  __m256i values = zero, sx = zero, sy = zero, xx = zero, xy = zero, yy = zero;
  luma -= 1;
  __m256i above = Widened<1>(LoadRowPair(luma - stride, stride));
  __m256i bytes = LoadRowPair(luma, stride);
  __m256i row = Widened<1>(bytes);
  for (int pair = 0; pair < 4; ++pair) {
    const __m256i next = LoadRowPair(luma + (pair + 1) * stride, stride);
    const __m256i below = Widened<1>(next);
    const __m256i x = _mm256_sub_epi16(Widened<2>(bytes), Widened<0>(bytes));
    const __m256i y = _mm256_sub_epi16(below, above);
    _mm256_store_si256(Lanes(out.value, pair), _mm256_slli_epi16(row, kWeightBits));
    _mm256_store_si256(Lanes(out.gx, pair), x);
    _mm256_store_si256(Lanes(out.gy, pair), y);
    values = _mm256_add_epi16(values, row);
    sx = _mm256_add_epi16(sx, x);
    sy = _mm256_add_epi16(sy, y);
    xx = _mm256_add_epi32(xx, _mm256_madd_epi16(x, x));
    xy = _mm256_add_epi32(xy, _mm256_madd_epi16(x, y));
    yy = _mm256_add_epi32(yy, _mm256_madd_epi16(y, y));
    above = row;
    row = below;
    bytes = next;
  }
  // Four rows of bytes or byte differences fit 16 bits.
  values = _mm256_madd_epi16(values, one);
  TextureSums sums;
  _mm_store_si128(reinterpret_cast<__m128i*>(&sums.first), Totals(values, _mm256_madd_epi16(sx, one), _mm256_madd_epi16(sy, one), xx));
  _mm_store_si128(reinterpret_cast<__m128i*>(&sums.second), Totals(xy, yy, xy, yy));
  return sums;
}

// The sums of gx, gy times residual, of residual = warped - value in 1/kWeightSum grey, and of (residual >> kErrorShift)^2.
inline FourSums SumPatch(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const PatchPixels& patch) {
  const __m256i pairs = _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8));
  const __m256i top = _mm256_set1_epi16(static_cast<std::int16_t>(weights.top));
  const __m256i bottom = _mm256_set1_epi16(static_cast<std::int16_t>(weights.bottom));
  const __m256i one = _mm256_set1_epi16(1);
  const __m256i zero = _mm256_setzero_si256();
  __m256i sum_gx = zero, sum_gy = zero, sum = zero, squares = zero;
  __m256i row = _mm256_shuffle_epi8(LoadRowPair(target, stride), pairs);
  for (int pair = 0; pair < 4; ++pair) {
    const __m256i below = _mm256_shuffle_epi8(LoadRowPair(target + (pair + 1) * stride, stride), pairs);
    const __m256i warped = _mm256_add_epi16(_mm256_maddubs_epi16(row, top), _mm256_maddubs_epi16(below, bottom));
    const __m256i residual = _mm256_sub_epi16(warped, Lanes(patch.value, pair));
    const __m256i cut = _mm256_srai_epi16(residual, kErrorShift);
    sum_gx = _mm256_add_epi32(sum_gx, _mm256_madd_epi16(residual, Lanes(patch.gx, pair)));
    sum_gy = _mm256_add_epi32(sum_gy, _mm256_madd_epi16(residual, Lanes(patch.gy, pair)));
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(residual, one));
    squares = _mm256_add_epi32(squares, _mm256_madd_epi16(cut, cut));
    row = below;
  }
  FourSums out;
  _mm_store_si128(reinterpret_cast<__m128i*>(&out), Totals(sum_gx, sum_gy, sum, squares));
  return out;
}

#elif defined(__SSE2__) || defined(_M_X64)

inline __m128i LoadBytes(const std::uint8_t* bytes) {
  return _mm_unpacklo_epi8(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(bytes)), _mm_setzero_si128());
}
inline __m128i* Lanes(std::int16_t* numbers, int row) { return reinterpret_cast<__m128i*>(numbers) + row; }
inline __m128i Lanes(const std::int16_t* numbers, int row) { return _mm_load_si128(reinterpret_cast<const __m128i*>(numbers) + row); }

inline std::int32_t Total(__m128i sum) {
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(1, 0, 3, 2)));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(2, 3, 0, 1)));
  return _mm_cvtsi128_si32(sum);
}

inline TextureSums LoadPatch(const std::uint8_t* luma, std::ptrdiff_t stride, PatchPixels& out) {
  const __m128i one = _mm_set1_epi16(1);
  const __m128i zero = _mm_setzero_si128();
  __m128i values = zero, sx = zero, sy = zero, xx = zero, xy = zero, yy = zero;
  __m128i above = LoadBytes(luma - stride);
  __m128i centre = LoadBytes(luma);
  for (int row = 0; row < 8; ++row) {
    const std::uint8_t* at = luma + row * stride;
    const __m128i below = LoadBytes(at + stride);
    const __m128i x = _mm_sub_epi16(LoadBytes(at + 1), LoadBytes(at - 1));
    const __m128i y = _mm_sub_epi16(below, above);
    _mm_store_si128(Lanes(out.value, row), _mm_slli_epi16(centre, kWeightBits));
    _mm_store_si128(Lanes(out.gx, row), x);
    _mm_store_si128(Lanes(out.gy, row), y);
    values = _mm_add_epi16(values, centre);
    sx = _mm_add_epi16(sx, x);
    sy = _mm_add_epi16(sy, y);
    xx = _mm_add_epi32(xx, _mm_madd_epi16(x, x));
    xy = _mm_add_epi32(xy, _mm_madd_epi16(x, y));
    yy = _mm_add_epi32(yy, _mm_madd_epi16(y, y));
    above = centre;
    centre = below;
  }
  return {{{Total(_mm_madd_epi16(values, one)), Total(_mm_madd_epi16(sx, one)), Total(_mm_madd_epi16(sy, one)), Total(xx)}},
          {{Total(xy), Total(yy), 0, 0}}};
}

inline FourSums SumPatch(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const PatchPixels& patch) {
  const __m128i top_left = _mm_set1_epi16(static_cast<std::int16_t>(weights.top & 0xff));
  const __m128i top_right = _mm_set1_epi16(static_cast<std::int16_t>(weights.top >> 8));
  const __m128i bottom_left = _mm_set1_epi16(static_cast<std::int16_t>(weights.bottom & 0xff));
  const __m128i bottom_right = _mm_set1_epi16(static_cast<std::int16_t>(weights.bottom >> 8));
  const __m128i one = _mm_set1_epi16(1);
  const __m128i zero = _mm_setzero_si128();
  __m128i sum_gx = zero, sum_gy = zero, sum = zero, squares = zero;
  __m128i left = LoadBytes(target);
  __m128i right = LoadBytes(target + 1);
  for (int row = 0; row < 8; ++row) {
    const __m128i top = _mm_add_epi16(_mm_mullo_epi16(left, top_left), _mm_mullo_epi16(right, top_right));
    target += stride;
    left = LoadBytes(target);
    right = LoadBytes(target + 1);
    const __m128i bottom = _mm_add_epi16(_mm_mullo_epi16(left, bottom_left), _mm_mullo_epi16(right, bottom_right));
    const __m128i residual = _mm_sub_epi16(_mm_add_epi16(top, bottom), Lanes(patch.value, row));
    const __m128i cut = _mm_srai_epi16(residual, kErrorShift);
    sum_gx = _mm_add_epi32(sum_gx, _mm_madd_epi16(residual, Lanes(patch.gx, row)));
    sum_gy = _mm_add_epi32(sum_gy, _mm_madd_epi16(residual, Lanes(patch.gy, row)));
    sum = _mm_add_epi32(sum, _mm_madd_epi16(residual, one));
    squares = _mm_add_epi32(squares, _mm_madd_epi16(cut, cut));
  }
  return {{Total(sum_gx), Total(sum_gy), Total(sum), Total(squares)}};
}

#else

// Plain loops, which compilers turn into NEON's widening multiplications.
inline TextureSums LoadPatch(const std::uint8_t* luma, std::ptrdiff_t stride, PatchPixels& out) {
  std::int32_t value = 0, sx = 0, sy = 0, xx = 0, xy = 0, yy = 0;
  for (int y = 0; y < 8; ++y) {
    const std::uint8_t* row = luma + y * stride;
    for (int x = 0; x < 8; ++x) {
      const int gx = row[x + 1] - row[x - 1];
      const int gy = row[x + stride] - row[x - stride];
      out.value[8 * y + x] = static_cast<std::int16_t>(row[x] * kWeightSum);
      out.gx[8 * y + x] = static_cast<std::int16_t>(gx);
      out.gy[8 * y + x] = static_cast<std::int16_t>(gy);
      value += row[x];
      sx += gx;
      sy += gy;
      xx += gx * gx;
      xy += gx * gy;
      yy += gy * gy;
    }
  }
  return {{{value, sx, sy, xx}}, {{xy, yy, 0, 0}}};
}

inline FourSums SumPatch(const std::uint8_t* target, std::ptrdiff_t stride, PatchWeights weights, const PatchPixels& patch) {
  const int top_left = weights.top & 0xff, top_right = weights.top >> 8;
  const int bottom_left = weights.bottom & 0xff, bottom_right = weights.bottom >> 8;
  std::int32_t sum_gx = 0, sum_gy = 0, sum = 0, squares = 0;
  for (int y = 0; y < 8; ++y) {
    const std::uint8_t* a = target + y * stride;
    const std::uint8_t* b = a + stride;
    for (int x = 0; x < 8; ++x) {
      const int i = 8 * y + x;
      const int residual = a[x] * top_left + a[x + 1] * top_right + b[x] * bottom_left + b[x + 1] * bottom_right - patch.value[i];
      const int cut = residual >> kErrorShift;
      sum_gx += residual * patch.gx[i];
      sum_gy += residual * patch.gy[i];
      sum += residual;
      squares += cut * cut;
    }
  }
  return {{sum_gx, sum_gy, sum, squares}};
}

#endif

}  // namespace kinetone::vision::KINETONE_SIMD
