#include "music/band_levels.h"

#include <cstring>

#include "dsp/lanes/float8.h"
#include "music/fast_log.h"

namespace kinetone::music::KINETONE_SIMD {
namespace {

using dsp::Float8;

void Levels(const float* power, std::size_t bins, const BandSpan* bands, std::size_t band_count, const float* weights, float compression,
            const float* loudness_weights, float* levels, float* loudness) {
  for (std::size_t b = 0; b < band_count; ++b) {
    Float8 sum = Float8::Of(0.0f);
    for (std::uint32_t i = 0; i < bands[b].bins; ++i) sum = sum + Float8::Of(weights[bands[b].first_weight + i]) * Float8::Load(power + (bands[b].first_bin + i) * 8);
    (Float8::Of(1.0f) + Float8::Of(compression) * Root(sum)).Store(levels + b * 8);
  }
  for (std::size_t i = 0; i < band_count * 8; ++i) levels[i] = 0.30103f * FastLog2(levels[i]);
  // Four sums: one would wait for itself.
  Float8 sums[4] = {Float8::Of(0.0f), Float8::Of(0.0f), Float8::Of(0.0f), Float8::Of(0.0f)};
  for (std::size_t bin = 0; bin + 4 <= bins; bin += 4) {
    for (std::size_t i = 0; i < 4; ++i) sums[i] = sums[i] + Float8::Of(loudness_weights[bin + i]) * Float8::Load(power + (bin + i) * 8);
  }
  ((sums[0] + sums[1]) + (sums[2] + sums[3])).Store(loudness);
}

}  // namespace

extern const BandLevelsKernel kBandLevelsKernels = {Levels};

}  // namespace kinetone::music::KINETONE_SIMD
