// Inner products of one vector with many rows. Sums are kept in 32 lanes that are added pairwise in the end, so every instruction
// set, and the JavaScript twin (src-main/core/library/search/plain-matrix.ts), gives the same bits.
#pragma once

#include <cstddef>
#include <cstdint>

#include "rt/dispatch.h"

namespace kinetone::search {

inline constexpr int kScanLanes = 32;

struct ScanKernels {
  // out[i] = query . rows[which[i]], for i < count. length: floats of a row, a multiple of kScanLanes. Rows are 64-byte aligned.
  void (*dots)(const float* query, const float* rows, const std::uint32_t* which, std::size_t count, std::size_t length, float* out);
};

KINETONE_DISPATCH_AVX512(ScanKernels, ScanLoops)

}  // namespace kinetone::search
