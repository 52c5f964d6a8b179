// What a search asks for and what it finds. A move's vector has three segments; rows are counted from 0.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace kinetone::search {

inline constexpr std::size_t kSegments = 3;
inline constexpr std::array<std::size_t, kSegments> kSegmentLengths = {512, 128, 384};  // pose, audio, text

struct Query {
  std::array<const float*, kSegments> vectors = {};  // unit vectors; null where the query has none
  std::array<float, kSegments> weights = {};         // from 0
  const std::uint8_t* mask = nullptr;                // one byte a row, 0 leaves it out; null takes all
  std::size_t top = 0;
};

struct Hit {
  std::uint32_t row;
  float score;
  std::array<float, kSegments> parts;  // cosines; NaN where the segment did not count
};

}  // namespace kinetone::search
