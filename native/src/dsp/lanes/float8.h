// Eight floats or 32-bit integers side by side: one AVX register, two SSE2 or NEON registers, or an array. Plain IEEE operations, one
// rounding each, so that every build gives the same bits. Only for *_simd.cc files: everything is local to the one that includes it.
#pragma once

#include <cstdint>

#if defined(__AVX2__)
#include <immintrin.h>
#elif defined(__SSE2__) || defined(_M_X64)
#include <emmintrin.h>
#elif defined(__aarch64__)
#include <arm_neon.h>
#else
#include <cmath>
#include <cstring>
#endif

#if defined(_MSC_VER) && !defined(__clang__)
#define KINETONE_INLINE __forceinline
#else
#define KINETONE_INLINE inline __attribute__((always_inline))
#endif

namespace kinetone::dsp {
namespace {

#if defined(__AVX2__)

struct Int8;

struct Float8 {
  static constexpr int kLanes = 8;
  using Int = Int8;
  __m256 v;
  static KINETONE_INLINE Float8 Load(const float* p) { return {_mm256_loadu_ps(p)}; }
  static KINETONE_INLINE Float8 Of(float x) { return {_mm256_set1_ps(x)}; }
  KINETONE_INLINE void Store(float* p) const { _mm256_storeu_ps(p, v); }
};

struct Int8 {
  __m256i v;
  static KINETONE_INLINE Int8 Load(const std::uint32_t* p) { return {_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))}; }
  static KINETONE_INLINE Int8 Of(std::uint32_t x) { return {_mm256_set1_epi32(static_cast<int>(x))}; }
  KINETONE_INLINE void Store(std::uint32_t* p) const { _mm256_storeu_si256(reinterpret_cast<__m256i*>(p), v); }
};

KINETONE_INLINE Float8 operator+(Float8 a, Float8 b) { return {_mm256_add_ps(a.v, b.v)}; }
KINETONE_INLINE Float8 operator-(Float8 a, Float8 b) { return {_mm256_sub_ps(a.v, b.v)}; }
KINETONE_INLINE Float8 operator*(Float8 a, Float8 b) { return {_mm256_mul_ps(a.v, b.v)}; }
KINETONE_INLINE Float8 operator/(Float8 a, Float8 b) { return {_mm256_div_ps(a.v, b.v)}; }
KINETONE_INLINE Float8 Root(Float8 a) { return {_mm256_sqrt_ps(a.v)}; }
// a > b ? x : y in each lane.
KINETONE_INLINE Float8 SelectGreater(Float8 a, Float8 b, Float8 x, Float8 y) {
  return {_mm256_blendv_ps(y.v, x.v, _mm256_cmp_ps(a.v, b.v, _CMP_GT_OQ))};
}
KINETONE_INLINE Int8 operator+(Int8 a, Int8 b) { return {_mm256_add_epi32(a.v, b.v)}; }
KINETONE_INLINE Int8 operator*(Int8 a, Int8 b) { return {_mm256_mullo_epi32(a.v, b.v)}; }
KINETONE_INLINE Int8 operator^(Int8 a, Int8 b) { return {_mm256_xor_si256(a.v, b.v)}; }
template <int kBits>
KINETONE_INLINE Int8 ShiftLeft(Int8 a) { return {_mm256_slli_epi32(a.v, kBits)}; }
template <int kBits>
KINETONE_INLINE Int8 ShiftRight(Int8 a) { return {_mm256_srli_epi32(a.v, kBits)}; }
// Signed; to the nearest, and towards zero.
KINETONE_INLINE Float8 ToFloat(Int8 a) { return {_mm256_cvtepi32_ps(a.v)}; }
KINETONE_INLINE Int8 Truncate(Float8 a) { return {_mm256_cvttps_epi32(a.v)}; }
KINETONE_INLINE Float8 BitsAsFloat(Int8 a) { return {_mm256_castsi256_ps(a.v)}; }
// One bit per lane where a < b, signed.
KINETONE_INLINE unsigned MaskLess(Int8 a, Int8 b) {
  return static_cast<unsigned>(_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_cmpgt_epi32(b.v, a.v))));
}

KINETONE_INLINE void Transpose(Float8 (&r)[8]) {
  const __m256 a0 = _mm256_unpacklo_ps(r[0].v, r[1].v), a1 = _mm256_unpackhi_ps(r[0].v, r[1].v);
  const __m256 a2 = _mm256_unpacklo_ps(r[2].v, r[3].v), a3 = _mm256_unpackhi_ps(r[2].v, r[3].v);
  const __m256 a4 = _mm256_unpacklo_ps(r[4].v, r[5].v), a5 = _mm256_unpackhi_ps(r[4].v, r[5].v);
  const __m256 a6 = _mm256_unpacklo_ps(r[6].v, r[7].v), a7 = _mm256_unpackhi_ps(r[6].v, r[7].v);
  const __m256 b0 = _mm256_shuffle_ps(a0, a2, 0x44), b1 = _mm256_shuffle_ps(a0, a2, 0xEE);
  const __m256 b2 = _mm256_shuffle_ps(a1, a3, 0x44), b3 = _mm256_shuffle_ps(a1, a3, 0xEE);
  const __m256 b4 = _mm256_shuffle_ps(a4, a6, 0x44), b5 = _mm256_shuffle_ps(a4, a6, 0xEE);
  const __m256 b6 = _mm256_shuffle_ps(a5, a7, 0x44), b7 = _mm256_shuffle_ps(a5, a7, 0xEE);
  r[0].v = _mm256_permute2f128_ps(b0, b4, 0x20);
  r[1].v = _mm256_permute2f128_ps(b1, b5, 0x20);
  r[2].v = _mm256_permute2f128_ps(b2, b6, 0x20);
  r[3].v = _mm256_permute2f128_ps(b3, b7, 0x20);
  r[4].v = _mm256_permute2f128_ps(b0, b4, 0x31);
  r[5].v = _mm256_permute2f128_ps(b1, b5, 0x31);
  r[6].v = _mm256_permute2f128_ps(b2, b6, 0x31);
  r[7].v = _mm256_permute2f128_ps(b3, b7, 0x31);
}

#else

// Four lanes of each instruction set, then eight as two fours.
#if defined(__SSE2__) || defined(_M_X64)

using Float4 = __m128;
using Int4 = __m128i;
KINETONE_INLINE Float4 Load4(const float* p) { return _mm_loadu_ps(p); }
KINETONE_INLINE Int4 Load4(const std::uint32_t* p) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(p)); }
KINETONE_INLINE void Store4(float* p, Float4 a) { _mm_storeu_ps(p, a); }
KINETONE_INLINE void Store4(std::uint32_t* p, Int4 a) { _mm_storeu_si128(reinterpret_cast<__m128i*>(p), a); }
KINETONE_INLINE Float4 Fill4(float x) { return _mm_set1_ps(x); }
KINETONE_INLINE Int4 Fill4(std::uint32_t x) { return _mm_set1_epi32(static_cast<int>(x)); }
KINETONE_INLINE Float4 Add4(Float4 a, Float4 b) { return _mm_add_ps(a, b); }
KINETONE_INLINE Float4 Subtract4(Float4 a, Float4 b) { return _mm_sub_ps(a, b); }
KINETONE_INLINE Float4 Multiply4(Float4 a, Float4 b) { return _mm_mul_ps(a, b); }
KINETONE_INLINE Float4 Divide4(Float4 a, Float4 b) { return _mm_div_ps(a, b); }
KINETONE_INLINE Float4 Root4(Float4 a) { return _mm_sqrt_ps(a); }
KINETONE_INLINE Float4 SelectGreater4(Float4 a, Float4 b, Float4 x, Float4 y) {
  const __m128 is_greater = _mm_cmpgt_ps(a, b);
  return _mm_or_ps(_mm_and_ps(is_greater, x), _mm_andnot_ps(is_greater, y));
}
KINETONE_INLINE Int4 Add4(Int4 a, Int4 b) { return _mm_add_epi32(a, b); }
KINETONE_INLINE Int4 Multiply4(Int4 a, Int4 b) {
  const __m128i even = _mm_mul_epu32(a, b), odd = _mm_mul_epu32(_mm_srli_si128(a, 4), _mm_srli_si128(b, 4));
  return _mm_unpacklo_epi32(_mm_shuffle_epi32(even, 0x08), _mm_shuffle_epi32(odd, 0x08));
}
KINETONE_INLINE Int4 Xor4(Int4 a, Int4 b) { return _mm_xor_si128(a, b); }
template <int kBits>
KINETONE_INLINE Int4 ShiftLeft4(Int4 a) { return _mm_slli_epi32(a, kBits); }
template <int kBits>
KINETONE_INLINE Int4 ShiftRight4(Int4 a) { return _mm_srli_epi32(a, kBits); }
KINETONE_INLINE Float4 ToFloat4(Int4 a) { return _mm_cvtepi32_ps(a); }
KINETONE_INLINE Int4 Truncate4(Float4 a) { return _mm_cvttps_epi32(a); }
KINETONE_INLINE Float4 BitsAsFloat4(Int4 a) { return _mm_castsi128_ps(a); }
KINETONE_INLINE unsigned MaskLess4(Int4 a, Int4 b) { return static_cast<unsigned>(_mm_movemask_ps(_mm_castsi128_ps(_mm_cmpgt_epi32(b, a)))); }
KINETONE_INLINE void Transpose4(Float4& a, Float4& b, Float4& c, Float4& d) { _MM_TRANSPOSE4_PS(a, b, c, d); }

#elif defined(__aarch64__)

using Float4 = float32x4_t;
using Int4 = uint32x4_t;
KINETONE_INLINE Float4 Load4(const float* p) { return vld1q_f32(p); }
KINETONE_INLINE Int4 Load4(const std::uint32_t* p) { return vld1q_u32(p); }
KINETONE_INLINE void Store4(float* p, Float4 a) { vst1q_f32(p, a); }
KINETONE_INLINE void Store4(std::uint32_t* p, Int4 a) { vst1q_u32(p, a); }
KINETONE_INLINE Float4 Fill4(float x) { return vdupq_n_f32(x); }
KINETONE_INLINE Int4 Fill4(std::uint32_t x) { return vdupq_n_u32(x); }
KINETONE_INLINE Float4 Add4(Float4 a, Float4 b) { return vaddq_f32(a, b); }
KINETONE_INLINE Float4 Subtract4(Float4 a, Float4 b) { return vsubq_f32(a, b); }
KINETONE_INLINE Float4 Multiply4(Float4 a, Float4 b) { return vmulq_f32(a, b); }
KINETONE_INLINE Float4 Divide4(Float4 a, Float4 b) { return vdivq_f32(a, b); }
KINETONE_INLINE Float4 Root4(Float4 a) { return vsqrtq_f32(a); }
KINETONE_INLINE Float4 SelectGreater4(Float4 a, Float4 b, Float4 x, Float4 y) { return vbslq_f32(vcgtq_f32(a, b), x, y); }
KINETONE_INLINE Int4 Add4(Int4 a, Int4 b) { return vaddq_u32(a, b); }
KINETONE_INLINE Int4 Multiply4(Int4 a, Int4 b) { return vmulq_u32(a, b); }
KINETONE_INLINE Int4 Xor4(Int4 a, Int4 b) { return veorq_u32(a, b); }
template <int kBits>
KINETONE_INLINE Int4 ShiftLeft4(Int4 a) { return vshlq_n_u32(a, kBits); }
template <int kBits>
KINETONE_INLINE Int4 ShiftRight4(Int4 a) { return vshrq_n_u32(a, kBits); }
KINETONE_INLINE Float4 ToFloat4(Int4 a) { return vcvtq_f32_s32(vreinterpretq_s32_u32(a)); }
KINETONE_INLINE Int4 Truncate4(Float4 a) { return vreinterpretq_u32_s32(vcvtq_s32_f32(a)); }
KINETONE_INLINE Float4 BitsAsFloat4(Int4 a) { return vreinterpretq_f32_u32(a); }
KINETONE_INLINE unsigned MaskLess4(Int4 a, Int4 b) {
  constexpr std::uint32_t kBits[4] = {1, 2, 4, 8};
  return vaddvq_u32(vandq_u32(vcltq_s32(vreinterpretq_s32_u32(a), vreinterpretq_s32_u32(b)), vld1q_u32(kBits)));
}
KINETONE_INLINE void Transpose4(Float4& a, Float4& b, Float4& c, Float4& d) {
  const float32x4x2_t ab = vtrnq_f32(a, b), cd = vtrnq_f32(c, d);
  a = vcombine_f32(vget_low_f32(ab.val[0]), vget_low_f32(cd.val[0]));
  b = vcombine_f32(vget_low_f32(ab.val[1]), vget_low_f32(cd.val[1]));
  c = vcombine_f32(vget_high_f32(ab.val[0]), vget_high_f32(cd.val[0]));
  d = vcombine_f32(vget_high_f32(ab.val[1]), vget_high_f32(cd.val[1]));
}

#else

struct Float4 {
  float lane[4];
};
struct Int4 {
  std::uint32_t lane[4];
};
#define KINETONE_EACH(Result, expression)        \
  Result out;                                    \
  for (int i = 0; i < 4; ++i) out.lane[i] = (expression); \
  return out
KINETONE_INLINE Float4 Load4(const float* p) { KINETONE_EACH(Float4, p[i]); }
KINETONE_INLINE Int4 Load4(const std::uint32_t* p) { KINETONE_EACH(Int4, p[i]); }
KINETONE_INLINE void Store4(float* p, Float4 a) { for (int i = 0; i < 4; ++i) p[i] = a.lane[i]; }
KINETONE_INLINE void Store4(std::uint32_t* p, Int4 a) { for (int i = 0; i < 4; ++i) p[i] = a.lane[i]; }
KINETONE_INLINE Float4 Fill4(float x) { return {{x, x, x, x}}; }
KINETONE_INLINE Int4 Fill4(std::uint32_t x) { return {{x, x, x, x}}; }
KINETONE_INLINE Float4 Add4(Float4 a, Float4 b) { KINETONE_EACH(Float4, a.lane[i] + b.lane[i]); }
KINETONE_INLINE Float4 Subtract4(Float4 a, Float4 b) { KINETONE_EACH(Float4, a.lane[i] - b.lane[i]); }
KINETONE_INLINE Float4 Multiply4(Float4 a, Float4 b) { KINETONE_EACH(Float4, a.lane[i] * b.lane[i]); }
KINETONE_INLINE Float4 Divide4(Float4 a, Float4 b) { KINETONE_EACH(Float4, a.lane[i] / b.lane[i]); }
KINETONE_INLINE Float4 Root4(Float4 a) { KINETONE_EACH(Float4, std::sqrt(a.lane[i])); }
KINETONE_INLINE Float4 SelectGreater4(Float4 a, Float4 b, Float4 x, Float4 y) { KINETONE_EACH(Float4, a.lane[i] > b.lane[i] ? x.lane[i] : y.lane[i]); }
KINETONE_INLINE Int4 Add4(Int4 a, Int4 b) { KINETONE_EACH(Int4, a.lane[i] + b.lane[i]); }
KINETONE_INLINE Int4 Multiply4(Int4 a, Int4 b) { KINETONE_EACH(Int4, a.lane[i] * b.lane[i]); }
KINETONE_INLINE Int4 Xor4(Int4 a, Int4 b) { KINETONE_EACH(Int4, a.lane[i] ^ b.lane[i]); }
template <int kBits>
KINETONE_INLINE Int4 ShiftLeft4(Int4 a) { KINETONE_EACH(Int4, a.lane[i] << kBits); }
template <int kBits>
KINETONE_INLINE Int4 ShiftRight4(Int4 a) { KINETONE_EACH(Int4, a.lane[i] >> kBits); }
KINETONE_INLINE Float4 ToFloat4(Int4 a) { KINETONE_EACH(Float4, static_cast<float>(static_cast<std::int32_t>(a.lane[i]))); }
KINETONE_INLINE Int4 Truncate4(Float4 a) { KINETONE_EACH(Int4, static_cast<std::uint32_t>(static_cast<std::int32_t>(a.lane[i]))); }
KINETONE_INLINE Float4 BitsAsFloat4(Int4 a) {
  Float4 out;
  std::memcpy(&out, &a, sizeof out);
  return out;
}
KINETONE_INLINE unsigned MaskLess4(Int4 a, Int4 b) {
  unsigned mask = 0;
  for (int i = 0; i < 4; ++i) mask |= static_cast<unsigned>(static_cast<std::int32_t>(a.lane[i]) < static_cast<std::int32_t>(b.lane[i])) << i;
  return mask;
}
KINETONE_INLINE void Transpose4(Float4& a, Float4& b, Float4& c, Float4& d) {
  Float4* rows[4] = {&a, &b, &c, &d};
  for (int i = 0; i < 4; ++i) {
    for (int j = i + 1; j < 4; ++j) {
      const float other = rows[i]->lane[j];
      rows[i]->lane[j] = rows[j]->lane[i];
      rows[j]->lane[i] = other;
    }
  }
}
#undef KINETONE_EACH

#endif

struct Int8;

struct Float8 {
  static constexpr int kLanes = 8;
  using Int = Int8;
  Float4 lo, hi;
  static KINETONE_INLINE Float8 Load(const float* p) { return {Load4(p), Load4(p + 4)}; }
  static KINETONE_INLINE Float8 Of(float x) { return {Fill4(x), Fill4(x)}; }
  KINETONE_INLINE void Store(float* p) const {
    Store4(p, lo);
    Store4(p + 4, hi);
  }
};

struct Int8 {
  Int4 lo, hi;
  static KINETONE_INLINE Int8 Load(const std::uint32_t* p) { return {Load4(p), Load4(p + 4)}; }
  static KINETONE_INLINE Int8 Of(std::uint32_t x) { return {Fill4(x), Fill4(x)}; }
  KINETONE_INLINE void Store(std::uint32_t* p) const {
    Store4(p, lo);
    Store4(p + 4, hi);
  }
};

KINETONE_INLINE Float8 operator+(Float8 a, Float8 b) { return {Add4(a.lo, b.lo), Add4(a.hi, b.hi)}; }
KINETONE_INLINE Float8 operator-(Float8 a, Float8 b) { return {Subtract4(a.lo, b.lo), Subtract4(a.hi, b.hi)}; }
KINETONE_INLINE Float8 operator*(Float8 a, Float8 b) { return {Multiply4(a.lo, b.lo), Multiply4(a.hi, b.hi)}; }
KINETONE_INLINE Float8 operator/(Float8 a, Float8 b) { return {Divide4(a.lo, b.lo), Divide4(a.hi, b.hi)}; }
KINETONE_INLINE Float8 Root(Float8 a) { return {Root4(a.lo), Root4(a.hi)}; }
KINETONE_INLINE Float8 SelectGreater(Float8 a, Float8 b, Float8 x, Float8 y) {
  return {SelectGreater4(a.lo, b.lo, x.lo, y.lo), SelectGreater4(a.hi, b.hi, x.hi, y.hi)};
}
KINETONE_INLINE Int8 operator+(Int8 a, Int8 b) { return {Add4(a.lo, b.lo), Add4(a.hi, b.hi)}; }
KINETONE_INLINE Int8 operator*(Int8 a, Int8 b) { return {Multiply4(a.lo, b.lo), Multiply4(a.hi, b.hi)}; }
KINETONE_INLINE Int8 operator^(Int8 a, Int8 b) { return {Xor4(a.lo, b.lo), Xor4(a.hi, b.hi)}; }
template <int kBits>
KINETONE_INLINE Int8 ShiftLeft(Int8 a) { return {ShiftLeft4<kBits>(a.lo), ShiftLeft4<kBits>(a.hi)}; }
template <int kBits>
KINETONE_INLINE Int8 ShiftRight(Int8 a) { return {ShiftRight4<kBits>(a.lo), ShiftRight4<kBits>(a.hi)}; }
KINETONE_INLINE Float8 ToFloat(Int8 a) { return {ToFloat4(a.lo), ToFloat4(a.hi)}; }
KINETONE_INLINE Int8 Truncate(Float8 a) { return {Truncate4(a.lo), Truncate4(a.hi)}; }
KINETONE_INLINE Float8 BitsAsFloat(Int8 a) { return {BitsAsFloat4(a.lo), BitsAsFloat4(a.hi)}; }
KINETONE_INLINE unsigned MaskLess(Int8 a, Int8 b) { return MaskLess4(a.lo, b.lo) | MaskLess4(a.hi, b.hi) << 4; }

KINETONE_INLINE void Transpose(Float8 (&r)[8]) {
  Transpose4(r[0].lo, r[1].lo, r[2].lo, r[3].lo);
  Transpose4(r[4].hi, r[5].hi, r[6].hi, r[7].hi);
  Transpose4(r[0].hi, r[1].hi, r[2].hi, r[3].hi);
  Transpose4(r[4].lo, r[5].lo, r[6].lo, r[7].lo);
  for (int i = 0; i < 4; ++i) {
    const Float4 other = r[i].hi;
    r[i].hi = r[i + 4].lo;
    r[i + 4].lo = other;
  }
}

#endif

}  // namespace
}  // namespace kinetone::dsp
