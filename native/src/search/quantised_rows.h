// A copy of the rows in bytes, a quarter of their size, with bounds that are proven: what a scan reads first, to leave only the rows
// that can be among the best for the exact one. docs/library.md has the bound and what it gives.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "rt/large_memory.h"
#include "search/query.h"

namespace kinetone::search {

class QuantisedRows {
 public:
  // Fewer are read whole.
  static constexpr std::size_t kLeastRows = 768;

  // segments: rows x kSegmentLengths[i] floats each. Throws std::bad_alloc. Any thread.
  QuantisedRows(std::size_t rows, const std::array<const float*, kSegments>& segments);

  std::size_t bytes() const;

  // Into `left`, in order: all of `rows` that can be among their query.top best by the exact scan's own rounding, ties included, and
  // some that are not. asked, present[row]: a bit a segment, as the exact scan takes them. False where it is not worth it, or nothing
  // is proven (vectors without a norm, odd weights): then every row is to be read. Throws std::bad_alloc. Any thread, many at once.
  bool Candidates(const Query& query, std::uint8_t asked, const std::uint8_t* present, const std::vector<std::uint32_t>& rows, std::vector<std::uint32_t>& left) const;

 private:
  struct Prepared;
  struct Bounds;

  bool Prepare(const Query& query, std::uint8_t asked, Prepared& prepared) const;
  void Bound(const Prepared& query, const std::uint32_t* which, std::size_t count, Bounds& bounds) const;

  std::size_t rows_;
  bool is_bounded_ = true;  // every row has a norm that is in bounds
  std::array<rt::LargeArray<std::int8_t>, kSegments> numbers_;
  std::array<std::vector<float>, kSegments> scales_, errors_;
  std::array<double, kSegments> norms_ = {};  // the largest of a segment
};

}  // namespace kinetone::search
