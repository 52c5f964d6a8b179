// Vectors in whole numbers times a scale, and inner products of such. Sums are of integers: the same on every instruction set.
#pragma once

#include <cstddef>
#include <cstdint>

#include "rt/dispatch.h"

namespace kinetone::search {

// Norms between which a vector is quantised: scales, products and their sums stay far from what a float cannot hold.
inline constexpr double kLeastNorm = 0x1p-30, kMostNorm = 0x1p30;
inline constexpr std::size_t kQuantisedStep = 64, kQuantisedMost = 512;

// vector = scale * numbers + rest. Norms are right to 10 * 2^-24 of themselves, that of the rest besides to 1.1 * 2^-24 of the vector.
struct Quantised {
  float scale;  // 0 with all numbers 0 where the norm is out of bounds, or not a number; norms are then no less than they are
  double norm;  // of the vector
  double rest;  // norm of the rest
};

struct QuantisedKernels {
  // length: a multiple of kQuantisedStep, to kQuantisedMost. Numbers from -127 to 127.
  Quantised (*to_bytes)(const float* vector, std::size_t length, std::int8_t* numbers);
  // The same with numbers from -32767 to 32767: the inner product of 512 with bytes still fits 32 bits.
  Quantised (*to_words)(const float* vector, std::size_t length, std::int16_t* numbers);
  // out[i] = query . rows[which[i]], for i < count. Rows of `length` bytes, from a 64-byte boundary on.
  void (*dots)(const std::int16_t* query, const std::int8_t* rows, const std::uint32_t* which, std::size_t count, std::size_t length, std::int32_t* out);
};

KINETONE_DISPATCH(QuantisedKernels, QuantisedLoops)

}  // namespace kinetone::search
