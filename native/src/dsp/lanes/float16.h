// Sixteen floats or 32-bit integers in an AVX-512 register, with the operations of float8.h; Wide is the widest there is. Bits do
// not depend on the width: nothing is summed across lanes. Only for *_simd.cc files.
#pragma once

#include "dsp/lanes/float8.h"

namespace kinetone::dsp {
namespace {

#if defined(__AVX512F__) && defined(__AVX512DQ__)

// All lanes: the forms without a mask make GCC 12 warn of its own header (bug 105593).
constexpr __mmask16 kAll = 0xFFFF;

struct Int16;

struct Float16 {
  static constexpr int kLanes = 16;
  using Int = Int16;
  __m512 v;
  static KINETONE_INLINE Float16 Load(const float* p) { return {_mm512_loadu_ps(p)}; }
  static KINETONE_INLINE Float16 Of(float x) { return {_mm512_set1_ps(x)}; }
  KINETONE_INLINE void Store(float* p) const { _mm512_storeu_ps(p, v); }
};

struct Int16 {
  __m512i v;
  static KINETONE_INLINE Int16 Load(const std::uint32_t* p) { return {_mm512_loadu_si512(p)}; }
  static KINETONE_INLINE Int16 Of(std::uint32_t x) { return {_mm512_set1_epi32(static_cast<int>(x))}; }
  KINETONE_INLINE void Store(std::uint32_t* p) const { _mm512_storeu_si512(p, v); }
};

KINETONE_INLINE Float16 operator+(Float16 a, Float16 b) { return {_mm512_add_ps(a.v, b.v)}; }
KINETONE_INLINE Float16 operator-(Float16 a, Float16 b) { return {_mm512_sub_ps(a.v, b.v)}; }
KINETONE_INLINE Float16 operator*(Float16 a, Float16 b) { return {_mm512_mul_ps(a.v, b.v)}; }
KINETONE_INLINE Float16 operator/(Float16 a, Float16 b) { return {_mm512_div_ps(a.v, b.v)}; }
KINETONE_INLINE Float16 Root(Float16 a) { return {_mm512_maskz_sqrt_ps(kAll, a.v)}; }
KINETONE_INLINE Float16 SelectGreater(Float16 a, Float16 b, Float16 x, Float16 y) {
  return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(a.v, b.v, _CMP_GT_OQ), y.v, x.v)};
}
KINETONE_INLINE Int16 operator+(Int16 a, Int16 b) { return {_mm512_add_epi32(a.v, b.v)}; }
KINETONE_INLINE Int16 operator*(Int16 a, Int16 b) { return {_mm512_mullo_epi32(a.v, b.v)}; }
KINETONE_INLINE Int16 operator^(Int16 a, Int16 b) { return {_mm512_xor_si512(a.v, b.v)}; }
template <int kBits>
KINETONE_INLINE Int16 ShiftLeft(Int16 a) { return {_mm512_maskz_slli_epi32(kAll, a.v, kBits)}; }
template <int kBits>
KINETONE_INLINE Int16 ShiftRight(Int16 a) { return {_mm512_maskz_srli_epi32(kAll, a.v, kBits)}; }
KINETONE_INLINE Float16 ToFloat(Int16 a) { return {_mm512_maskz_cvtepi32_ps(kAll, a.v)}; }
KINETONE_INLINE Int16 Truncate(Float16 a) { return {_mm512_maskz_cvttps_epi32(kAll, a.v)}; }
KINETONE_INLINE Float16 BitsAsFloat(Int16 a) { return {_mm512_castsi512_ps(a.v)}; }
KINETONE_INLINE unsigned MaskLess(Int16 a, Int16 b) { return static_cast<unsigned>(_mm512_cmplt_epi32_mask(a.v, b.v)); }

KINETONE_INLINE void Transpose(Float16 (&r)[16]) {
  __m512 a[16], b[16];
  // Within quarters: 4 x 4 blocks.
  for (int i = 0; i < 16; i += 4) {
    const __m512 low01 = _mm512_maskz_unpacklo_ps(kAll, r[i].v, r[i + 1].v), high01 = _mm512_maskz_unpackhi_ps(kAll, r[i].v, r[i + 1].v);
    const __m512 low23 = _mm512_maskz_unpacklo_ps(kAll, r[i + 2].v, r[i + 3].v), high23 = _mm512_maskz_unpackhi_ps(kAll, r[i + 2].v, r[i + 3].v);
    a[i] = _mm512_maskz_shuffle_ps(kAll, low01, low23, 0x44);
    a[i + 1] = _mm512_maskz_shuffle_ps(kAll, low01, low23, 0xEE);
    a[i + 2] = _mm512_maskz_shuffle_ps(kAll, high01, high23, 0x44);
    a[i + 3] = _mm512_maskz_shuffle_ps(kAll, high01, high23, 0xEE);
  }
  // The quarters themselves.
  for (int i = 0; i < 4; ++i) {
    b[i] = _mm512_maskz_shuffle_f32x4(kAll, a[i], a[i + 4], 0x88);
    b[i + 4] = _mm512_maskz_shuffle_f32x4(kAll, a[i], a[i + 4], 0xDD);
    b[i + 8] = _mm512_maskz_shuffle_f32x4(kAll, a[i + 8], a[i + 12], 0x88);
    b[i + 12] = _mm512_maskz_shuffle_f32x4(kAll, a[i + 8], a[i + 12], 0xDD);
  }
  for (int i = 0; i < 4; ++i) {
    r[i].v = _mm512_maskz_shuffle_f32x4(kAll, b[i], b[i + 8], 0x88);
    r[i + 8].v = _mm512_maskz_shuffle_f32x4(kAll, b[i], b[i + 8], 0xDD);
    r[i + 4].v = _mm512_maskz_shuffle_f32x4(kAll, b[i + 4], b[i + 12], 0x88);
    r[i + 12].v = _mm512_maskz_shuffle_f32x4(kAll, b[i + 4], b[i + 12], 0xDD);
  }
}

using Wide = Float16;

#else

using Wide = Float8;

#endif

}  // namespace
}  // namespace kinetone::dsp
