// The binary logarithm of a positive number to 3e-6, in a few multiplications, so that loops of it become vector code. In an anonymous
// namespace, as kernels compiled for several instruction sets must have it.
#pragma once

#include <cstdint>
#include <cstring>

namespace kinetone::music {
namespace {

inline float FastLog2(float x) {
  std::uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  // Exponent such that the rest lies in sqrt(1/2)..sqrt(2).
  const std::uint32_t shifted = bits - 0x3f3504f3u;
  const auto exponent = static_cast<std::int32_t>(shifted) >> 23;
  const std::uint32_t rest_bits = bits - (static_cast<std::uint32_t>(exponent) << 23);
  float rest;
  std::memcpy(&rest, &rest_bits, sizeof rest);
  // log2(m) = 2 / ln 2 * atanh(s), s = (m - 1) / (m + 1): its series, |s| <= 0.172.
  const float s = (rest - 1) / (rest + 1), s2 = s * s;
  return static_cast<float>(exponent) + s * (2.885390082f + s2 * (0.961796694f + s2 * (0.577078016f + s2 * 0.412198583f)));
}

}  // namespace
}  // namespace kinetone::music
