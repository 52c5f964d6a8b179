// Eight patches side by side: numbers and flags per lane, and the few steps between them that compilers turn into something slow
// (a selection into a masked store, eight loads into eight stores that one load then waits for). For *_simd.cc files: everything
// stands in the level's own namespace.
#pragma once

#include "vision/patch_pixels.h"

namespace kinetone::vision::KINETONE_SIMD {

inline constexpr int kLanes = 8;

struct alignas(32) Floats {
  float at[kLanes];
};
// Flags are 0 or 1.
struct alignas(32) Ints {
  std::int32_t at[kLanes];
};
// One bit per lane.
using Mask = unsigned;

// Four sums of each lane, as the loops over pixels leave them.
struct alignas(32) LaneSums {
  FourSums of[kLanes] = {};
};

#if defined(__AVX2__)

inline __m256i Packed(const Ints& numbers) { return _mm256_load_si256(reinterpret_cast<const __m256i*>(numbers.at)); }
inline void Save(Ints& numbers, __m256i values) { _mm256_store_si256(reinterpret_cast<__m256i*>(numbers.at), values); }

// Flags to bits.
inline Mask Bits(const Ints& flags) {
  return static_cast<Mask>(_mm256_movemask_ps(_mm256_castsi256_ps(_mm256_slli_epi32(Packed(flags), 31))));
}

// Bits to flags.
inline Ints Flags(Mask mask) {
  const __m256i bits = _mm256_srlv_epi32(_mm256_set1_epi32(static_cast<int>(mask)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  Ints out;
  Save(out, _mm256_and_si256(bits, _mm256_set1_epi32(1)));
  return out;
}

// Takes `from` over in the lanes whose flag is 1.
inline void Take(Floats& into, const Floats& from, const Ints& flags) {
  const __m256 taken = _mm256_castsi256_ps(_mm256_slli_epi32(Packed(flags), 31));
  _mm256_store_ps(into.at, _mm256_blendv_ps(_mm256_load_ps(into.at), _mm256_load_ps(from.at), taken));
}

inline Floats Gather(const float* numbers, const Ints& index) {
  Floats out;
  _mm256_store_ps(out.at, _mm256_i32gather_ps(numbers, Packed(index), 4));
  return out;
}

inline Ints Gather(const int* numbers, const Ints& index) {
  Ints out;
  Save(out, _mm256_i32gather_epi32(numbers, Packed(index), 4));
  return out;
}

// From four numbers per lane to eight lanes per number.
inline void Spread(const LaneSums& sums, Ints& first, Ints& second, Ints& third, Ints& fourth) {
  // Lanes k and k + 4 share a register.
  const auto both = [&](int k) {
    const __m128i low = _mm_load_si128(reinterpret_cast<const __m128i*>(&sums.of[k]));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), _mm_load_si128(reinterpret_cast<const __m128i*>(&sums.of[k + 4])), 1);
  };
  const __m256i a = both(0), b = both(1), c = both(2), d = both(3);
  const __m256i ab_low = _mm256_unpacklo_epi32(a, b), ab_high = _mm256_unpackhi_epi32(a, b);
  const __m256i cd_low = _mm256_unpacklo_epi32(c, d), cd_high = _mm256_unpackhi_epi32(c, d);
  Save(first, _mm256_unpacklo_epi64(ab_low, cd_low));
  Save(second, _mm256_unpackhi_epi64(ab_low, cd_low));
  Save(third, _mm256_unpacklo_epi64(ab_high, cd_high));
  Save(fourth, _mm256_unpackhi_epi64(ab_high, cd_high));
}

#else

inline Mask Bits(const Ints& flags) {
  Mask mask = 0;
  for (int k = 0; k < kLanes; ++k) mask |= static_cast<Mask>(flags.at[k]) << k;
  return mask;
}

inline Ints Flags(Mask mask) {
  Ints out;
  for (int k = 0; k < kLanes; ++k) out.at[k] = static_cast<std::int32_t>(mask >> k & 1U);
  return out;
}

inline void Take(Floats& into, const Floats& from, const Ints& flags) {
  for (int k = 0; k < kLanes; ++k) into.at[k] = flags.at[k] != 0 ? from.at[k] : into.at[k];
}

inline Floats Gather(const float* numbers, const Ints& index) {
  Floats out;
  for (int k = 0; k < kLanes; ++k) out.at[k] = numbers[index.at[k]];
  return out;
}

inline Ints Gather(const int* numbers, const Ints& index) {
  Ints out;
  for (int k = 0; k < kLanes; ++k) out.at[k] = numbers[index.at[k]];
  return out;
}

inline void Spread(const LaneSums& sums, Ints& first, Ints& second, Ints& third, Ints& fourth) {
  for (int k = 0; k < kLanes; ++k) {
    first.at[k] = sums.of[k].at[0];
    second.at[k] = sums.of[k].at[1];
    third.at[k] = sums.of[k].at[2];
    fourth.at[k] = sums.of[k].at[3];
  }
}

#endif

}  // namespace kinetone::vision::KINETONE_SIMD
