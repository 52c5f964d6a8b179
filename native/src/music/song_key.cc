#include "music/song_key.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace kinetone::music {
namespace {

using Profile = std::array<double, kPitchClasses>;

constexpr Profile kMajor = {6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88};
constexpr Profile kMinor = {6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17};
// Noise and drums correlate by chance.
constexpr double kLeastCorrelation = 0.55;
constexpr double kClearLead = 0.2;

double Correlation(const Profile& heard, const Profile& profile, std::size_t tonic) {
  double mean_heard = 0, mean_profile = 0, product = 0, first = 0, second = 0;
  for (std::size_t c = 0; c < kPitchClasses; ++c) {
    mean_heard += heard[c] / kPitchClasses;
    mean_profile += profile[c] / kPitchClasses;
  }
  for (std::size_t c = 0; c < kPitchClasses; ++c) {
    const double x = heard[(c + tonic) % kPitchClasses] - mean_heard, y = profile[c] - mean_profile;
    product += x * y;
    first += x * x;
    second += y * y;
  }
  return first > 0 ? product / std::sqrt(first * second) : 0;
}

}  // namespace

SongKey FindKey(const SongFeatures& features) {
  Profile heard{};
  for (const auto& frame : features.chroma) {
    for (std::size_t c = 0; c < kPitchClasses; ++c) heard[c] += static_cast<double>(frame[c]);
  }
  double most = -1, runner_up = -1;
  SongKey key;
  for (std::size_t tonic = 0; tonic < kPitchClasses; ++tonic) {
    for (const bool is_minor : {false, true}) {
      const double correlation = Correlation(heard, is_minor ? kMinor : kMajor, tonic);
      if (correlation > most) {
        runner_up = most;
        most = correlation;
        key.tonic = static_cast<int>(tonic);
        key.is_minor = is_minor;
      } else {
        runner_up = std::max(runner_up, correlation);
      }
    }
  }
  if (most < kLeastCorrelation) return {};
  key.confidence = std::clamp((most - runner_up) / kClearLead, 0.0, 1.0) * most;
  return key;
}

}  // namespace kinetone::music
