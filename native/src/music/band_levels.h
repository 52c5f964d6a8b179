// From the power spectra of eight frames (fft_lanes.h) to log band levels and loudness. A kernel of song_features.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "rt/dispatch.h"

namespace kinetone::music {

struct BandSpan {
  std::uint32_t first_bin, bins, first_weight;
};

struct BandLevelsKernel {
  // power: bins x 8. levels: bands x 8, log10(1 + compression * sqrt(weighted sum)), to 1e-5. loudness: 8 weighted sums over all bins.
  void (*levels)(const float* power, std::size_t bins, const BandSpan* bands, std::size_t band_count, const float* weights, float compression,
                 const float* loudness_weights, float* levels, float* loudness);
};
KINETONE_DISPATCH(BandLevelsKernel, BandLevelsKernels)

}  // namespace kinetone::music
