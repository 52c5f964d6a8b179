#include "music/beatnet_dft.h"

#include <cmath>

namespace kinetone::music {
namespace {

constexpr double kTau = 6.283185307179586;

float Cosine(int turns, int of) { return static_cast<float>(std::cos(kTau * turns / of)); }
float Sine(int turns, int of) { return static_cast<float>(std::sin(kTau * turns / of)); }

}  // namespace

BeatNetDft::BeatNetDft()
    : window_(kBeatNetWindow), cosines_(kDftHalfRows * kDftHalfRows), sines_(kDftHalfRows * kDftHalfRows),
      column_cosines_(kDftColumns * kDftStride, 0.0f), column_sines_(kDftColumns * kDftStride, 0.0f),
      grid_(kDftRows * kDftStride, 0.0f), power_(kDftHalfRows * kDftStride), places_(kBeatNetWindow), bins_(kBeatNetBins) {
  for (std::size_t n = 0; n < kBeatNetWindow; ++n) {
    window_[n] = static_cast<float>(0.5 - 0.5 * std::cos(kTau * static_cast<double>(n) / static_cast<double>(kBeatNetWindow - 1)));
  }
  for (int k = 0; k < kDftHalfRows; ++k) {
    for (int n = 0; n < kDftHalfRows; ++n) {
      cosines_[static_cast<std::size_t>(k * kDftHalfRows + n)] = Cosine(k * n % kDftRows, kDftRows);
      sines_[static_cast<std::size_t>(k * kDftHalfRows + n)] = Sine(k * n % kDftRows, kDftRows);
    }
  }
  for (int n = 0; n < kDftColumns; ++n) {
    for (int k = 0; k < kDftColumns; ++k) {
      column_cosines_[static_cast<std::size_t>(n * kDftStride + k)] = Cosine(k * n % kDftColumns, kDftColumns);
      column_sines_[static_cast<std::size_t>(n * kDftStride + k)] = Sine(k * n % kDftColumns, kDftColumns);
    }
  }
  // Good's mapping in: n = 83 column + 17 row (mod 1411). Out, by the Chinese remainder theorem: column = k mod 17, row = k mod 83.
  constexpr int kWindow = static_cast<int>(kBeatNetWindow);
  for (int row = 0; row < kDftRows; ++row) {
    for (int column = 0; column < kDftColumns; ++column) {
      const int n = (kDftRows * column + kDftColumns * row) % kWindow;
      places_[static_cast<std::size_t>(n)] = static_cast<std::uint16_t>(row * kDftStride + column);
    }
  }
  for (int k = 0; k < static_cast<int>(kBeatNetBins); ++k) {
    // Of a real signal X[N - k] is the conjugate of X[k]: one of the two lies in the half that is computed.
    const int there = k % kDftRows < kDftHalfRows ? k : kWindow - k;
    bins_[static_cast<std::size_t>(k)] = static_cast<std::uint16_t>(there % kDftRows * kDftStride + there % kDftColumns);
  }
}

void BeatNetDft::Magnitudes(const float* samples, float* magnitudes) {
  for (std::size_t n = 0; n < kBeatNetWindow; ++n) grid_[places_[n]] = samples[n] * window_[n];
  BeatNetDftKernels().power(grid_.data(), cosines_.data(), sines_.data(), column_cosines_.data(), column_sines_.data(), power_.data());
  for (std::size_t k = 0; k < kBeatNetBins; ++k) magnitudes[k] = std::sqrt(power_[bins_[k]]);
}

}  // namespace kinetone::music
