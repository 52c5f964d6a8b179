// Magnitudes of the discrete Fourier transform of 1411 = 17 x 83 windowed samples, by the prime-factor algorithm: 83-point real
// transforms of 17 columns, then 17-point transforms of their rows, no twiddles between. Source: Good, "The interaction algorithm
// and practical Fourier analysis", 1958; Burrus, "Index mappings for multidimensional formulation of the DFT", 1977.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "rt/dispatch.h"

namespace kinetone::music {

inline constexpr std::size_t kBeatNetWindow = 1411;
inline constexpr std::size_t kBeatNetBins = 705;

inline constexpr int kDftColumns = 17;
inline constexpr int kDftRows = 83;
inline constexpr int kDftHalfRows = 42;  // rows 0..41; the others are conjugates
inline constexpr int kDftStride = 24;    // columns padded to whole registers

struct BeatNetDftKernel {
  // grid: kDftRows x kDftStride real. cosines, sines: kDftHalfRows x kDftHalfRows of 83 points. column_cosines, column_sines:
  // kDftColumns x kDftStride of 17 points. power: kDftHalfRows x kDftStride of |X|^2.
  void (*power)(const float* grid, const float* cosines, const float* sines, const float* column_cosines, const float* column_sines, float* power);
};
KINETONE_DISPATCH(BeatNetDftKernel, BeatNetDftKernels)

class BeatNetDft {
 public:
  BeatNetDft();
  // samples: kBeatNetWindow; a symmetric Hann window is laid over them. magnitudes: kBeatNetBins, |X[k]|.
  void Magnitudes(const float* samples, float* magnitudes);

 private:
  std::vector<float> window_, cosines_, sines_, column_cosines_, column_sines_, grid_, power_;
  std::vector<std::uint16_t> places_, bins_;
};

}  // namespace kinetone::music
