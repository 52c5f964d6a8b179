// Vectors of moves in memory, three segments apart, and an exact scan over them: the weighted cosine, renormalised over the
// embeddings both sides have. Of the segments that are asked for it reads a copy in bytes, and whole only the rows that this leaves;
// rows the mask leaves out are not read. The hits are those of reading every row, to the bit.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "rt/large_memory.h"
#include "search/quantised_rows.h"
#include "search/query.h"

namespace kinetone::search {

// How a search reads: bytes first where that pays, or (for tests and benches) every row at once.
enum class Reading { kBytesFirst, kWhole };

class VectorMatrix {
 public:
  // segments: rows x kSegmentLengths[i] floats each, unit vectors or all zero where a row has none; copied. Any thread.
  // Memory: 4 KiB a row, and a quarter more for the bytes from QuantisedRows::kLeastRows on.
  VectorMatrix(std::size_t rows, const std::array<const float*, kSegments>& segments);

  std::size_t rows() const { return rows_; }
  std::size_t bytes() const;

  // The best rows, best first; equal scores in order of rows. Throws std::bad_alloc. Any thread, many at once.
  std::vector<Hit> Search(const Query& query) const { return Search(query, 0, rows_); }
  // Of rows [from, to) alone: a share of a search that several threads make.
  std::vector<Hit> Search(const Query& query, std::size_t from, std::size_t to, Reading reading = Reading::kBytesFirst) const;

 private:
  // Puts the best of these rows (at most kBlock) into `best`, as a heap with the worst first. No memory is taken: best has room for
  // top + 1.
  void Score(const Query& query, std::uint8_t asked, const std::uint32_t* which, std::size_t count, std::vector<Hit>& best) const;

  std::size_t rows_;
  std::array<rt::LargeArray<float>, kSegments> segments_;
  std::vector<std::uint8_t> present_;  // bit i: the row has segment i
  std::unique_ptr<const QuantisedRows> quantised_;  // null where there are too few rows for it to pay
};

}  // namespace kinetone::search
