// Inner products, 32 lanes a step.
#include "search/vector_scan.h"

#include <algorithm>

#include "dsp/lanes/float16.h"

namespace kinetone::search::KINETONE_SIMD {
namespace {

using dsp::Float8;
using dsp::Wide;

constexpr int kVectors = kScanLanes / Wide::kLanes;
// Rows between the one that is read and the one that is fetched: one stream is read, so that the memory's own prefetching sees it.
constexpr std::size_t kAhead = 2;

KINETONE_INLINE void Prefetch(const float* at) {
#if defined(_MSC_VER)
  _mm_prefetch(reinterpret_cast<const char*>(at), _MM_HINT_T0);
#else
  __builtin_prefetch(at);
#endif
}

// A row's lanes, folded to eight: lane i takes lane i + half.
KINETONE_INLINE Float8 Folded(const Wide (&sum)[kVectors]) {
  alignas(64) float all[kScanLanes];
  for (int i = 0; i < kVectors / 2; ++i) (sum[i] + sum[i + kVectors / 2]).Store(all + i * Wide::kLanes);
  return Float8::Load(all) + Float8::Load(all + 8);
}

// One row, read in order; `next` is the row after it, fetched while this one is read where the memory cannot guess it.
template <bool kFetch>
KINETONE_INLINE Float8 Product(const float* query, const float* row, const float* next, std::size_t length) {
  Wide sum[kVectors];
  for (int i = 0; i < kVectors; ++i) sum[i] = Wide::Of(0.0F);
  for (std::size_t at = 0; at < length; at += kScanLanes) {
    if constexpr (kFetch) {
      Prefetch(next + at);
      Prefetch(next + at + kScanLanes / 2);
    }
    for (int i = 0; i < kVectors; ++i) {
      const std::size_t from = at + static_cast<std::size_t>(i) * Wide::kLanes;
      sum[i] = sum[i] + Wide::Load(query + from) * Wide::Load(row + from);
    }
  }
  return Folded(sum);
}

// Eight rows' lanes to eight sums, in the order of one row's fold.
KINETONE_INLINE Float8 Sums(Float8 (&rows)[8]) {
  dsp::Transpose(rows);
  return ((rows[0] + rows[4]) + (rows[2] + rows[6])) + ((rows[1] + rows[5]) + (rows[3] + rows[7]));
}

void Dots(const float* query, const float* rows, const std::uint32_t* which, std::size_t count, std::size_t length, float* out) {
  for (std::size_t first = 0; first < count; first += 8) {
    const std::size_t taken = std::min<std::size_t>(8, count - first);
    Float8 products[8];
    for (std::size_t i = 0; i < 8; ++i) products[i] = Float8::Of(0.0F);
    for (std::size_t i = 0; i < taken; ++i) {
      const std::size_t next = std::min(first + i + kAhead, count - 1);
      const float* row = rows + which[first + i] * length;
      const bool is_in_order = which[next] == which[first + i] + (next - first - i);
      products[i] = is_in_order ? Product<false>(query, row, row, length) : Product<true>(query, row, rows + which[next] * length, length);
    }
    alignas(64) float sums[8];
    Sums(products).Store(sums);
    std::copy_n(sums, taken, out + first);
  }
}

}  // namespace

extern const ScanKernels kScanLoops = {Dots};

}  // namespace kinetone::search::KINETONE_SIMD
