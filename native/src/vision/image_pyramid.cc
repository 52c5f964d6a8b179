// Building an ImagePyramid: 2x2 means and central differences.
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
  const int width = out.width();
  for (int y = 0; y < out.height(); ++y) {
    const std::uint8_t* a = fine.Row(2 * y);
    const std::uint8_t* b = fine.Row(2 * y + 1);
    std::uint8_t* o = out.Row(y);
    for (int x = 0; x < width; ++x) {
      o[x] = static_cast<std::uint8_t>((a[2 * x] + a[2 * x + 1] + b[2 * x] + b[2 * x + 1] + 2) >> 2);
    }
  }
  out.ReplicateBorder();
}

void Differentiate(PyramidLevel& level) {
  const int width = level.luma.width();
  const int height = level.luma.height();
  level.gradient_x.Resize(width, height);
  level.gradient_y.Resize(width, height);
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = level.luma.Row(y);
    const std::uint8_t* above = level.luma.Row(y - 1);
    const std::uint8_t* below = level.luma.Row(y + 1);
    std::int16_t* gx = level.gradient_x.Row(y);
    std::int16_t* gy = level.gradient_y.Row(y);
    for (int x = 0; x < width; ++x) {
      gx[x] = static_cast<std::int16_t>(row[x + 1] - row[x - 1]);
      gy[x] = static_cast<std::int16_t>(below[x] - above[x]);
    }
  }
  // The border stays 0: outside the picture nothing is known about its slope.
}

// Variance of the noise, as the flattest parts of the picture show it: the mean square of a second difference in both
// directions, which cancels slopes and straight edges. Source: Immerkaer, CVIU 1996, per block and taken at a low quantile.
float NoiseVariance(const Plane<std::uint8_t>& luma) {
  constexpr int kBlock = 8;
  constexpr int kBlocksPerSide = 16;
  constexpr float kQuantile = 0.1F;
  constexpr float kKernelEnergy = 36.0F;
  std::vector<float> energies;
  const int step_x = std::max(kBlock, luma.width() / kBlocksPerSide);
  const int step_y = std::max(kBlock, luma.height() / kBlocksPerSide);
  for (int top = 0; top + kBlock <= luma.height(); top += step_y) {
    for (int left = 0; left + kBlock <= luma.width(); left += step_x) {
      int sum = 0;
      for (int y = top; y < top + kBlock; ++y) {
        const std::uint8_t* a = luma.Row(y - 1) + left;
        const std::uint8_t* b = luma.Row(y) + left;
        const std::uint8_t* c = luma.Row(y + 1) + left;
        for (int x = 0; x < kBlock; ++x) {
          const auto bend = [x](const std::uint8_t* row) { return row[x - 1] - 2 * row[x] + row[x + 1]; };
          const int second = bend(a) - 2 * bend(b) + bend(c);
          sum += second * second;
        }
      }
      energies.push_back(static_cast<float>(sum) / (kBlock * kBlock * kKernelEnergy));
    }
  }
  if (energies.empty()) return 0.0F;
  const auto at = energies.begin() + static_cast<std::ptrdiff_t>(static_cast<float>(energies.size() - 1) * kQuantile);
  std::nth_element(energies.begin(), at, energies.end());
  return *at;
}

}  // namespace

void ImagePyramid::Build(const std::uint8_t* luma, int width, int height) {
  const int count = LevelCount(width, height);
  levels_.resize(static_cast<std::size_t>(count));
  for (int index = 0; index < count; ++index) {
    PyramidLevel& out = levels_[static_cast<std::size_t>(index)];
    out.luma.Resize(width, height);
    if (index == 0) {
      CopyPicture(luma, out.luma);
    } else {
      HalveInto(levels_[static_cast<std::size_t>(index - 1)].luma, out.luma);
    }
    Differentiate(out);
    // A 2x2 mean divides the variance by four; rounding to bytes adds its own.
    constexpr float kRounding = 1.0F / 12.0F;
    out.noise_variance =
        index == 0 ? NoiseVariance(out.luma) : levels_[static_cast<std::size_t>(index - 1)].noise_variance * 0.25F + kRounding;
    width = (width + 1) / 2;
    height = (height + 1) / 2;
  }
}

}  // namespace kinetone::vision
