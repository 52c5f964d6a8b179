// Vectors of moves in memory, three segments apart, and an exact scan over them: the weighted cosine, renormalised over the
// embeddings both sides have. One pass over the segments that are asked for; rows the mask leaves out are not read.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rt/large_memory.h"

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

class VectorMatrix {
 public:
  // segments: rows x kSegmentLengths[i] floats each, unit vectors or all zero where a row has none; copied. Any thread.
  VectorMatrix(std::size_t rows, const std::array<const float*, kSegments>& segments);

  std::size_t rows() const { return rows_; }
  std::size_t bytes() const;

  // The best rows, best first; equal scores in order of rows. Throws std::bad_alloc. Any thread, many at once.
  std::vector<Hit> Search(const Query& query) const { return Search(query, 0, rows_); }
  // Of rows [from, to) alone: a share of a search that several threads make.
  std::vector<Hit> Search(const Query& query, std::size_t from, std::size_t to) const;

 private:
  // Puts the best of rows [from, to) into `best`, as a heap with the worst first. No memory is taken: best has room for top + 1.
  void Scan(const Query& query, std::size_t from, std::size_t to, std::vector<Hit>& best) const;

  std::size_t rows_;
  std::array<rt::LargeFloats, kSegments> segments_;
  std::vector<std::uint8_t> present_;  // bit i: the row has segment i
};

}  // namespace kinetone::search
