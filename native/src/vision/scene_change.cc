// Block correlation after motion compensation on the small picture, and the distance of the tone histograms.
#include "vision/scene_change.h"

#include <algorithm>
#include <cmath>

namespace kinetone::vision {
namespace {

// The small picture is the first pyramid level at most this wide and high.
constexpr int kSmallSide = 170;
constexpr int kBlock = 16;
// Variance below which a block has nothing to compare (grey^2).
constexpr float kFlat = 16.0F;

const PyramidLevel& SmallLevel(const ImagePyramid& pyramid) {
  int index = 0;
  while (index + 1 < pyramid.levels() &&
         std::max(pyramid.level(index).luma.width(), pyramid.level(index).luma.height()) > kSmallSide) {
    ++index;
  }
  return pyramid.level(index);
}

}  // namespace

void SceneChange::Reset() { is_first_ = true; }

float SceneChange::Unexplained(const ImagePyramid& before, const ImagePyramid& now) {
  flow_.Compute(before, now, field_);
  const auto& a = before.level(0).luma;
  const auto& b = now.level(0).luma;
  float total = 0.0F;
  float lost = 0.0F;
  for (int top = 0; top < a.height(); top += kBlock) {
    for (int left = 0; left < a.width(); left += kBlock) {
      double sa = 0, sb = 0, saa = 0, sbb = 0, sab = 0, n = 0;
      for (int y = top; y < std::min(top + kBlock, a.height()); ++y) {
        for (int x = left; x < std::min(left + kBlock, a.width()); ++x) {
          const auto i = static_cast<std::size_t>(y * a.width() + x);
          const int tx = static_cast<int>(std::lround(static_cast<float>(x) + field_.u[i]));
          const int ty = static_cast<int>(std::lround(static_cast<float>(y) + field_.v[i]));
          if (tx < 0 || ty < 0 || tx >= a.width() || ty >= a.height()) continue;
          const double pa = a.Row(y)[x];
          const double pb = b.Row(ty)[tx];
          sa += pa;
          sb += pb;
          saa += pa * pa;
          sbb += pb * pb;
          sab += pa * pb;
          n += 1;
        }
      }
      if (n < 8) continue;
      const double va = std::max(0.0, saa / n - sa * sa / (n * n));
      const double vb = std::max(0.0, sbb / n - sb * sb / (n * n));
      const double cov = sab / n - sa * sb / (n * n);
      const double correlation = (cov + kFlat) / (std::sqrt((va + kFlat) * (vb + kFlat)));
      const auto weight = static_cast<float>(std::sqrt(std::max(va, vb) + kFlat));
      total += weight;
      lost += weight * static_cast<float>(std::clamp(1.0 - correlation, 0.0, 1.0));
    }
  }
  return total > 0.0F ? lost / total : 0.0F;
}

float SceneChange::Update(const ImagePyramid& pyramid, const FramePlanes& frame) {
  (void)frame;
  const auto& small = SmallLevel(pyramid).luma;
  std::vector<std::uint8_t> luma(static_cast<std::size_t>(small.width()) * static_cast<std::size_t>(small.height()));
  now_.tones = {};
  const float one = 1.0F / static_cast<float>(luma.size());
  for (int y = 0; y < small.height(); ++y) {
    for (int x = 0; x < small.width(); ++x) {
      luma[static_cast<std::size_t>(y * small.width() + x)] = small.Row(y)[x];
      now_.tones[small.Row(y)[x] >> 3] += one;
    }
  }
  now_.pyramid.Build(luma.data(), small.width(), small.height());
  float change = 0.0F;
  if (!is_first_) {
    const float lost = Unexplained(before_.pyramid, now_.pyramid);
    float tone = 0.0F;
    for (std::size_t i = 0; i < kToneBins; ++i) tone += 0.5F * std::abs(now_.tones[i] - before_.tones[i]);
    change = std::clamp((lost - 0.15F) / 0.4F, 0.0F, 1.0F) * std::clamp(tone / 0.2F, 0.0F, 1.0F);
  }
  is_first_ = false;
  std::swap(before_, now_);
  return change;
}

}  // namespace kinetone::vision
