// Inner products, 32 lanes a step.
#include "search/vector_scan.h"

#include "dsp/lanes/float16.h"

namespace kinetone::search::KINETONE_SIMD {
namespace {

using dsp::Float8;
using dsp::Wide;

constexpr int kVectors = kScanLanes / Wide::kLanes;

struct Lanes {
  Wide sum[kVectors];
};

// Pairwise: lane i takes lane i + half, until one is left.
KINETONE_INLINE float Fold(const Lanes& lanes) {
  alignas(64) float all[kScanLanes];
  for (int i = 0; i < kVectors / 2; ++i) (lanes.sum[i] + lanes.sum[i + kVectors / 2]).Store(all + i * Wide::kLanes);
  const Float8 eight = Float8::Load(all) + Float8::Load(all + 8);
  eight.Store(all);
  for (int width = 4; width >= 1; width /= 2) {
    for (int i = 0; i < width; ++i) all[i] += all[i + width];
  }
  return all[0];
}

// Two rows at once: their sums do not wait for one another.
KINETONE_INLINE void Pair(const float* query, const float* a, const float* b, std::size_t length, float* out_a, float* out_b) {
  Lanes first, second;
  for (int i = 0; i < kVectors; ++i) first.sum[i] = second.sum[i] = Wide::Of(0.0F);
  for (std::size_t at = 0; at < length; at += kScanLanes) {
    for (int i = 0; i < kVectors; ++i) {
      const std::size_t from = at + static_cast<std::size_t>(i) * Wide::kLanes;
      const Wide q = Wide::Load(query + from);
      first.sum[i] = first.sum[i] + q * Wide::Load(a + from);
      second.sum[i] = second.sum[i] + q * Wide::Load(b + from);
    }
  }
  *out_a = Fold(first);
  *out_b = Fold(second);
}

void Dots(const float* query, const float* rows, const std::uint32_t* which, std::size_t count, std::size_t length, float* out) {
  std::size_t i = 0;
  for (; i + 2 <= count; i += 2) Pair(query, rows + which[i] * length, rows + which[i + 1] * length, length, out + i, out + i + 1);
  float unused;
  if (i < count) Pair(query, rows + which[i] * length, rows + which[i] * length, length, out + i, &unused);
}

}  // namespace

extern const ScanKernels kScanLoops = {Dots};

}  // namespace kinetone::search::KINETONE_SIMD
