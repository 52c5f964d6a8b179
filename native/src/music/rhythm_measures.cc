#include "music/rhythm_measures.h"

#include <algorithm>
#include <cmath>

#include "music/metrical_level.h"

namespace kinetone::music {
namespace {

// A crest of this many times the curve's root mean square is a note.
constexpr float kNote = 1.2f;

// Longuet-Higgins and Lee's weights of the grid's places in a bar: 0 for the bar, one less per level of division.
std::vector<int> Weights(const Bars& bars) {
  if (bars.meter == 6) {
    std::vector<int> weights(6, -2);  // two dotted quarters of three eighths
    weights[0] = 0;
    weights[3] = -1;
    return weights;
  }
  std::vector<int> weights(4 * bars.beats_per_bar, -4);
  for (std::size_t i = 0; i < weights.size(); i += 2) weights[i] = -3;
  for (std::size_t i = 0; i < weights.size(); i += 4) weights[i] = bars.meter == 3 ? -1 : -2;
  if (bars.meter == 4) weights[8] = -1;
  weights[0] = 0;
  return weights;
}

double OfStream(const std::vector<float>& crests, const std::vector<double>& beats, const Bars& bars, const std::vector<int>& weights) {
  const std::size_t per_beat = weights.size() / bars.beats_per_bar;
  double sum = 0, count = 0;
  for (std::size_t b = 0; b + 1 < bars.downbeats.size(); ++b) {
    const std::size_t first = bars.downbeats[b];
    if (bars.downbeats[b + 1] - first != bars.beats_per_bar) continue;
    // The bar's notes and the next bar's first place, which a note may be tied over.
    std::vector<bool> is_note;
    for (std::size_t place = 0; place <= weights.size(); ++place) {
      const std::size_t k = first + place / per_beat;
      const double gap = k + 1 < beats.size() ? beats[k + 1] - beats[k] : beats[k] - beats[k - 1];
      const auto t = static_cast<std::size_t>(std::max(0L, std::lround(beats[k] + gap * static_cast<double>(place % per_beat) / static_cast<double>(per_beat))));
      is_note.push_back(t < crests.size() && crests[t] > kNote);
    }
    int bar = 0;
    for (std::size_t place = 0; place < weights.size(); ++place) {
      if (!is_note[place]) continue;
      int heaviest = -100;
      for (std::size_t rest = place + 1; rest <= weights.size() && !is_note[rest]; ++rest) heaviest = std::max(heaviest, weights[rest % weights.size()]);
      bar += std::max(0, heaviest - weights[place]);
    }
    sum += bar;
    ++count;
  }
  return count > 0 ? sum / count : 0;
}

}  // namespace

double Syncopation(const std::vector<double>& beats, const Bars& bars, const OnsetCurves& curves) {
  if (bars.beats_per_bar == 0) return 0;
  const std::vector<int> weights = Weights(bars);
  const double most = 4.0 * static_cast<double>(bars.beats_per_bar);
  const double low = OfStream(Crests(curves.group[kLow]), beats, bars, weights), middle = OfStream(Crests(curves.group[kMid]), beats, bars, weights);
  return std::clamp(std::sqrt(0.5 * (low + middle) / most), 0.0, 1.0);
}

}  // namespace kinetone::music
