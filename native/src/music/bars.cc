#include "music/bars.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "music/metrical_level.h"

namespace kinetone::music {
namespace {

using Row = std::vector<double>;

constexpr float kCap = 12;
// How much more a bar of three must explain than one of four: most music counts in four.
constexpr double kThreeMargin = 0.06;
// Of beginning a bar elsewhere than the last one said, in standard deviations of the accent.
constexpr double kJumpPenalty = 9;
// Both thirds of a beat at least this share of the beat itself and more than its half: a compound meter. A shuffle has only the second.
constexpr double kThirdShare = 0.3;
constexpr double kTogether = 0.3;

float At(const std::vector<float>& crests, double place) {
  const auto t = static_cast<std::ptrdiff_t>(std::lround(place));
  return t < 0 || t >= static_cast<std::ptrdiff_t>(crests.size()) ? 0.0f : std::min(kCap, crests[static_cast<std::size_t>(t)]);
}

void Standardize(Row& row) {
  double mean = 0, variance = 0;
  for (const double x : row) mean += x / static_cast<double>(row.size());
  for (const double x : row) variance += (x - mean) * (x - mean) / static_cast<double>(row.size());
  const double scale = variance > 1e-12 ? 1 / std::sqrt(variance) : 0;
  for (double& x : row) x = (x - mean) * scale;
}

std::array<double, kPitchClasses> ChromaBetween(const SongFeatures& features, double from, double to) {
  std::array<double, kPitchClasses> sum{};
  const auto first = static_cast<std::ptrdiff_t>(std::floor(from / kSlowStep)) + 1, last = static_cast<std::ptrdiff_t>(std::floor(to / kSlowStep));
  for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, first); j <= last && j < static_cast<std::ptrdiff_t>(features.chroma.size()); ++j) {
    for (std::size_t c = 0; c < kPitchClasses; ++c) sum[c] += static_cast<double>(features.chroma[static_cast<std::size_t>(j)][c]);
  }
  return sum;
}

double Difference(const std::array<double, kPitchClasses>& a, const std::array<double, kPitchClasses>& b) {
  double product = 0, first = 1e-9, second = 1e-9;
  for (std::size_t c = 0; c < kPitchClasses; ++c) {
    product += a[c] * b[c];
    first += a[c] * a[c];
    second += b[c] * b[c];
  }
  return 1 - product / std::sqrt(first * second);
}

struct Accents {
  Row low, snare, chord, model;
  double halves = 0, first_thirds = 0, second_thirds = 0, on = 0;
};

Accents AccentsOf(const std::vector<double>& beats, const OnsetCurves& curves, const SongFeatures& features) {
  std::array<std::vector<float>, kGroups> crests;
  for (std::size_t g = 0; g < kGroups; ++g) crests[g] = Crests(curves.group[g]);
  Accents accents;
  const std::size_t n = beats.size();
  for (std::size_t k = 0; k < n; ++k) {
    const double gap = k + 1 < n ? beats[k + 1] - beats[k] : beats[k] - beats[k - 1];
    accents.low.push_back(static_cast<double>(At(crests[kLow], beats[k])) + 0.5 * static_cast<double>(At(crests[kLowMid], beats[k])));
    accents.snare.push_back(static_cast<double>(At(crests[kMid], beats[k])) + static_cast<double>(At(crests[kHigh], beats[k])));
    accents.chord.push_back(Difference(ChromaBetween(features, beats[k] - 2 * gap, beats[k]), ChromaBetween(features, beats[k], beats[k] + 2 * gap)));
    accents.model.push_back(curves.has_model() ? static_cast<double>(At(curves.model_downbeat, beats[k])) : 0.0);
    for (std::size_t g = 0; g < kGroups; ++g) {
      accents.on += static_cast<double>(At(crests[g], beats[k]));
      accents.halves += static_cast<double>(At(crests[g], beats[k] + gap / 2));
      accents.first_thirds += static_cast<double>(At(crests[g], beats[k] + gap / 3));
      accents.second_thirds += static_cast<double>(At(crests[g], beats[k] + 2 * gap / 3));
    }
  }
  for (Row* row : {&accents.low, &accents.snare, &accents.chord, &accents.model}) Standardize(*row);
  return accents;
}

double SelfCorrelation(const Row& row, std::size_t lag) {
  if (row.size() <= lag) return 0;
  double sum = 0;
  for (std::size_t k = 0; k + lag < row.size(); ++k) sum += row[k] * row[k + lag];
  return sum / static_cast<double>(row.size() - lag);
}

// Correlation of two standardised rows.
double Together(const Row& a, const Row& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return a.empty() ? 0 : sum / static_cast<double>(a.size());
}

// How well accents repeat every `length` beats and every second such bar.
double Repetition(const Accents& accents, std::size_t length) {
  double sum = 0;
  for (const Row* row : {&accents.low, &accents.snare, &accents.chord, &accents.model}) sum += SelfCorrelation(*row, length) + SelfCorrelation(*row, 2 * length);
  return sum / 8;
}

// The likeliest walk through bars of `length`; positions 0 of it.
std::vector<std::size_t> Walk(const Row& accent, std::size_t length) {
  const std::size_t n = accent.size();
  std::vector<std::array<std::int8_t, 4>> came(n);
  std::array<double, 4> best{}, next{};
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t p = 0; p < length; ++p) {
      std::size_t from = (p + length - 1) % length;
      double most = best[from];
      // A bar may end early: after any beat a new one may begin.
      for (std::size_t other = 0; p == 0 && other < length; ++other) {
        if (best[other] - kJumpPenalty > most) most = best[other] - kJumpPenalty, from = other;
      }
      came[k][p] = static_cast<std::int8_t>(from);
      next[p] = most + (p == 0 ? accent[k] : -accent[k] / static_cast<double>(length - 1));
    }
    best = next;
  }
  std::vector<std::size_t> downbeats;
  auto p = static_cast<std::size_t>(std::max_element(best.begin(), best.begin() + static_cast<std::ptrdiff_t>(length)) - best.begin());
  for (std::size_t k = n; k-- > 0;) {
    if (p == 0) downbeats.push_back(k);
    p = static_cast<std::size_t>(came[k][p]);
  }
  std::reverse(downbeats.begin(), downbeats.end());
  return downbeats;
}

}  // namespace

Bars FindBars(const std::vector<double>& beats, const OnsetCurves& curves, const SongFeatures& features) {
  Bars bars;
  if (beats.size() < 2) return bars;
  const Accents accents = AccentsOf(beats, curves, features);
  const double thirds = std::min(accents.first_thirds, accents.second_thirds);
  const bool is_compound = thirds > kThirdShare * accents.on && thirds > 1.2 * accents.halves;
  const bool is_three = Repetition(accents, 3) > std::max(Repetition(accents, 4), Repetition(accents, 2)) + kThreeMargin;
  bars.meter = is_three ? 3 : is_compound ? 6 : 4;
  bars.beats_per_bar = is_three ? 3 : is_compound ? 2 : 4;
  // Where kick and snare take turns the snare is on the other beats; where all bands rise together it is part of the accent.
  const double together = Together(accents.low, accents.snare), snare_weight = together > kTogether ? 0.5 * together : -0.5;
  Row accent(beats.size());
  for (std::size_t k = 0; k < beats.size(); ++k) {
    accent[k] = 0.7 * accents.low[k] + snare_weight * accents.snare[k] + 0.9 * accents.chord[k] + 1.2 * accents.model[k];
  }
  bars.downbeats = Walk(accent, bars.beats_per_bar);
  return bars;
}

}  // namespace kinetone::music
