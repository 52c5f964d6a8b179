// Building an ImagePyramid.
#include "vision/image_pyramid.h"

#include <algorithm>
#include <vector>

namespace kinetone::vision {
namespace {

int LevelCount(int width, int height) {
  int count = 1;
  while (std::min((width + 1) / 2, (height + 1) / 2) >= kCoarsestSide) {
    width = (width + 1) / 2;
    height = (height + 1) / 2;
    ++count;
  }
  return count;
}

void CopyPicture(const std::uint8_t* luma, Plane<std::uint8_t>& out) {
  for (int y = 0; y < out.height(); ++y) {
    std::copy_n(luma + static_cast<std::ptrdiff_t>(y) * out.width(), out.width(), out.Row(y));
  }
  out.ReplicateBorder();
}

// An odd side takes its missing neighbour from the replicated border.
void HalveInto(const Plane<std::uint8_t>& fine, Plane<std::uint8_t>& out) {
  const ImagePyramidKernels& kernels = PyramidKernels();
  for (int y = 0; y < out.height(); ++y) kernels.halve_row(fine.Row(2 * y), fine.Row(2 * y + 1), out.width(), out.Row(y));
  out.ReplicateBorder();
}

}  // namespace

// Variance of the noise, as the flattest parts of the picture show it: the mean square of a second difference in both
// directions, which cancels slopes and straight edges. Source: Immerkaer, CVIU 1996, per block and taken at a low quantile.
float ImagePyramid::NoiseVariance() {
  constexpr int kBlock = 8;
  constexpr int kBlocksPerSide = 16;
  constexpr float kQuantile = 0.1F;
  constexpr float kKernelEnergy = 36.0F;
  const Plane<std::uint8_t>& luma = levels_.front().luma;
  const ImagePyramidKernels& kernels = PyramidKernels();
  const int step_x = std::max(kBlock, luma.width() / kBlocksPerSide);
  const int step_y = std::max(kBlock, luma.height() / kBlocksPerSide);
  energies_.clear();
  for (int top = 0; top + kBlock <= luma.height(); top += step_y) {
    for (int left = 0; left + kBlock <= luma.width(); left += step_x) {
      const std::int32_t sum = kernels.bend_energy(luma.Row(top) + left, luma.stride());
      energies_.push_back(static_cast<float>(sum) / (kBlock * kBlock * kKernelEnergy));
    }
  }
  if (energies_.empty()) return 0.0F;
  const auto rank = static_cast<std::ptrdiff_t>(static_cast<float>(energies_.size() - 1) * kQuantile);
  const auto at = energies_.begin() + rank;
  std::nth_element(energies_.begin(), at, energies_.end());
  return *at;
}

void ImagePyramid::Build(const std::uint8_t* luma, int width, int height) {
  const int count = LevelCount(width, height);
  levels_.resize(static_cast<std::size_t>(count));
  for (int index = 0; index < count; ++index) {
    PyramidLevel& out = levels_[static_cast<std::size_t>(index)];
    out.luma.Resize(width, height);
    // A 2x2 mean divides the variance by four; rounding to bytes adds its own.
    constexpr float kRounding = 1.0F / 12.0F;
    if (index == 0) {
      CopyPicture(luma, out.luma);
      out.noise_variance = NoiseVariance();
    } else {
      const PyramidLevel& finer = levels_[static_cast<std::size_t>(index - 1)];
      HalveInto(finer.luma, out.luma);
      out.noise_variance = finer.noise_variance * 0.25F + kRounding;
    }
    width = (width + 1) / 2;
    height = (height + 1) / 2;
  }
}

}  // namespace kinetone::vision
