#include "music/sections.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "music/section_labels.h"

namespace kinetone::music {
namespace {

constexpr std::size_t kKernel = 8;  // bars to each side
constexpr double kShortestSection = 7.5;  // seconds
constexpr double kTimbreWeight = 0.8, kLoudnessWeight = 0.8;
constexpr double kPhraseBonus = 1.15;  // a boundary four or eight bars after the last one
// A boundary's novelty at least, and over the mean of the 33 bars around: one great change does not hide the others.
constexpr double kLeastNovelty = 0.01, kNoveltyMargin = 1.35;
constexpr std::size_t kAround = 16;

// Novelty of a boundary before each bar: how much more the bars on each side resemble each other than those on the other.
std::vector<double> Novelty(const std::vector<BarSound>& bars) {
  const std::size_t n = bars.size();
  std::vector<double> novelty(n, 0.0);
  for (std::size_t b = 1; b < n; ++b) {
    const std::size_t reach = std::min({kKernel, b, n - b});
    double within = 0, across = 0, weights = 1e-9;
    for (std::size_t i = 0; i < reach; ++i) {
      for (std::size_t j = 0; j < reach; ++j) {
        const double x = (static_cast<double>(i) + 0.5) / kKernel, y = (static_cast<double>(j) + 0.5) / kKernel;
        const double weight = std::exp(-2 * (x * x + y * y));
        within += 0.5 * weight * (Distance(bars[b + i], bars[b + j]) + Distance(bars[b - 1 - i], bars[b - 1 - j]));
        across += weight * Distance(bars[b + i], bars[b - 1 - j]);
        weights += weight;
      }
    }
    // At the ends less is heard on one side: believed in proportion.
    novelty[b] = (across - within) / weights * static_cast<double>(reach) / kKernel;
  }
  return novelty;
}

double LocalMean(const std::vector<double>& novelty, std::size_t b) {
  const std::size_t low = b < kAround ? 0 : b - kAround, high = std::min(novelty.size(), b + kAround + 1);
  double sum = 0;
  for (std::size_t i = low; i < high; ++i) sum += std::max(0.0, novelty[i]);
  return sum / static_cast<double>(high - low);
}

std::vector<std::size_t> Boundaries(const std::vector<double>& novelty, const std::vector<double>& bar_starts, double end) {
  std::vector<std::size_t> boundaries = {0};
  for (std::size_t b = 1; b < novelty.size(); ++b) {
    const std::size_t low = b < 3 ? 0 : b - 3, high = std::min(novelty.size(), b + 4);
    if (novelty[b] < std::max(kLeastNovelty, kNoveltyMargin * LocalMean(novelty, b)) || novelty[b] < *std::max_element(novelty.begin() + static_cast<std::ptrdiff_t>(low), novelty.begin() + static_cast<std::ptrdiff_t>(high))) continue;
    if (bar_starts[b] < kShortestSection || end - bar_starts[b] < kShortestSection / 2) continue;
    const auto worth = [&](std::size_t at, std::size_t from) { return novelty[at] * ((at - from) % 4 == 0 ? kPhraseBonus : 1); };
    if (bar_starts[b] - bar_starts[boundaries.back()] >= kShortestSection) {
      boundaries.push_back(b);
    } else if (boundaries.size() > 1) {
      const std::size_t from = boundaries[boundaries.size() - 2];
      if (worth(b, from) > worth(boundaries.back(), from)) boundaries.back() = b;
    }
  }
  return boundaries;
}

std::vector<BarSound> HearBars(const std::vector<double>& starts, const SongFeatures& features) {
  std::vector<BarSound> bars(starts.size());
  for (std::size_t b = 0; b < starts.size(); ++b) {
    const double until = b + 1 < starts.size() ? starts[b + 1] : features.seconds();
    auto j = static_cast<std::size_t>(std::max(0.0, std::ceil(starts[b] * kSlowRate)));
    double count = 0;
    for (; j < features.timbre.size() && (static_cast<double>(j) < until * kSlowRate || count == 0); ++j, ++count) {
      for (std::size_t c = 0; c < kPitchClasses; ++c) bars[b][c] += features.chroma[j][c];
      for (std::size_t t = 0; t < kTimbreBands; ++t) bars[b][kPitchClasses + t] += features.timbre[j][t];
      bars[b][kPitchClasses + kTimbreBands] += std::log10(features.loudness[j] + 1e-6f);
    }
    double length = 1e-9;
    for (std::size_t c = 0; c < kPitchClasses; ++c) length += static_cast<double>(bars[b][c]) * bars[b][c];
    for (std::size_t c = 0; c < kPitchClasses; ++c) bars[b][c] /= static_cast<float>(std::sqrt(length));
    for (std::size_t t = kPitchClasses; t < kBarSound; ++t) bars[b][t] /= static_cast<float>(std::max(1.0, count));
  }
  // Timbre and loudness in the song's own standard deviations.
  for (std::size_t t = kPitchClasses; t < kBarSound; ++t) {
    double mean = 0, variance = 0;
    for (const BarSound& bar : bars) mean += static_cast<double>(bar[t]) / static_cast<double>(bars.size());
    for (const BarSound& bar : bars) variance += std::pow(static_cast<double>(bar[t]) - mean, 2) / static_cast<double>(bars.size());
    const double share = t < kPitchClasses + kTimbreBands ? kTimbreWeight / std::sqrt(static_cast<double>(kTimbreBands)) : kLoudnessWeight;
    // A song of one sound has no parts: small deviations stay small.
    const double scale = share * 0.5 / std::max(0.1, std::sqrt(variance));
    for (BarSound& bar : bars) bar[t] = static_cast<float>((static_cast<double>(bar[t]) - mean) * scale);
  }
  return bars;
}

}  // namespace

double Distance(const BarSound& a, const BarSound& b) {
  double sum = 0;
  for (std::size_t i = 0; i < kBarSound; ++i) sum += (static_cast<double>(a[i]) - b[i]) * (static_cast<double>(a[i]) - b[i]);
  return sum;
}

std::vector<Section> FindSections(const std::vector<double>& bar_starts, const SongFeatures& features, const std::vector<float>& energy) {
  const double end = features.seconds();
  if (end <= 0) return {};
  std::vector<double> starts = bar_starts;
  if (starts.empty() || starts.front() > 0) starts.insert(starts.begin(), 0.0);
  const std::vector<BarSound> bars = HearBars(starts, features);
  const std::vector<std::size_t> boundaries = Boundaries(Novelty(bars), starts, end);
  std::vector<HeardSection> heard;
  for (std::size_t i = 0; i < boundaries.size(); ++i) {
    HeardSection section;
    section.first_bar = boundaries[i];
    section.end_bar = i + 1 < boundaries.size() ? boundaries[i + 1] : bars.size();
    section.start = i == 0 ? 0 : starts[section.first_bar];
    section.end = i + 1 < boundaries.size() ? starts[section.end_bar] : end;
    heard.push_back(section);
  }
  return LabelSections(heard, bars, energy);
}

}  // namespace kinetone::music
