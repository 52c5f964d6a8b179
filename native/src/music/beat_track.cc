#include "music/beat_track.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace kinetone::music {
namespace {

// Of a squared logarithmic deviation from the path's period, in standard deviations of the curve.
constexpr double kTightness = 1000;
constexpr double kShortest = 0.8, kLongest = 1.25;
// How far a beat looks for its rise, in frames, and how stiff the grid is.
constexpr std::ptrdiff_t kPull = 3;
constexpr double kStiffness = 12;

}  // namespace

std::vector<double> TrackBeats(const std::vector<float>& curve, const TempoPath& path, double level) {
  const std::size_t frames = curve.size();
  std::vector<double> best(frames);
  std::vector<std::int16_t> before(frames, 0);  // frames back to the beat before; 0 at a first beat
  std::vector<double> penalty;
  double shown_for = 0;
  std::size_t shortest = 1, longest = 1;
  for (std::size_t t = 0; t < frames; ++t) {
    if (t % 25 == 0) {
      const double period = path.At(static_cast<double>(t)) / level;
      if (std::fabs(period - shown_for) > 0.001 * period) {
        shown_for = period;
        shortest = std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(kShortest * period)));
        longest = static_cast<std::size_t>(std::floor(kLongest * period));
        penalty.clear();
        for (std::size_t lag = shortest; lag <= longest; ++lag) {
          penalty.push_back(kTightness * std::pow(std::log(static_cast<double>(lag) / period), 2));
        }
      }
    }
    double most = 0;
    std::size_t chosen = 0;
    for (std::size_t lag = shortest; lag <= std::min(longest, t); ++lag) {
      const double value = best[t - lag] - penalty[lag - shortest];
      if (value > most) most = value, chosen = lag;
    }
    best[t] = static_cast<double>(curve[t]) + most;
    before[t] = static_cast<std::int16_t>(chosen);
  }
  std::vector<double> beats;
  if (frames == 0) return beats;
  const std::size_t tail = std::min(frames, longest);
  auto t = static_cast<std::size_t>(std::max_element(best.end() - static_cast<std::ptrdiff_t>(tail), best.end()) - best.begin());
  for (;; t -= static_cast<std::size_t>(before[t])) {
    beats.push_back(static_cast<double>(t));
    if (before[t] == 0) break;
  }
  std::reverse(beats.begin(), beats.end());
  return beats;
}

namespace {

struct Pull {
  double place, weight;
};

// The nearest top of the curve and how far it stands out.
Pull PullOf(const std::vector<float>& curve, double beat) {
  const auto centre = static_cast<std::ptrdiff_t>(std::lround(beat)), last = static_cast<std::ptrdiff_t>(curve.size()) - 2;
  std::ptrdiff_t top = -1;
  for (std::ptrdiff_t t = std::max<std::ptrdiff_t>(1, centre - kPull); t <= std::min(last, centre + kPull); ++t) {
    const auto i = static_cast<std::size_t>(t);
    if (curve[i] < curve[i - 1] || curve[i] < curve[i + 1]) continue;
    if (top < 0 || curve[i] > curve[static_cast<std::size_t>(top)]) top = t;
  }
  if (top < 0 || curve[static_cast<std::size_t>(top)] <= 0) return {beat, 0.02};
  const auto i = static_cast<std::size_t>(top);
  const double low = static_cast<double>(curve[i - 1]), middle = static_cast<double>(curve[i]), high = static_cast<double>(curve[i + 1]);
  const double bend = low - 2 * middle + high;
  return {static_cast<double>(top) + (bend < 0 ? 0.5 * (low - high) / bend : 0), std::min(middle, 3.0) / 3};
}

}  // namespace

std::vector<double> SettleBeats(const std::vector<float>& curve, const std::vector<double>& beats) {
  const std::size_t n = beats.size();
  if (n < 3) return beats;
  // (W + s D'D) x = W y with second differences D: a symmetric system of five diagonals, by Cholesky.
  std::vector<double> diagonal(n), first(n, 0.0), second(n, 0.0), x(n);
  for (std::size_t k = 0; k < n; ++k) {
    const Pull pull = PullOf(curve, beats[k]);
    diagonal[k] = pull.weight;
    x[k] = pull.weight * pull.place;
  }
  for (std::size_t k = 0; k + 2 < n; ++k) {
    diagonal[k] += kStiffness, diagonal[k + 1] += 4 * kStiffness, diagonal[k + 2] += kStiffness;
    first[k] -= 2 * kStiffness, first[k + 1] -= 2 * kStiffness;
    second[k] += kStiffness;
  }
  for (std::size_t k = 0; k < n; ++k) {
    const double f = first[k] / diagonal[k], s = second[k] / diagonal[k];
    if (k + 1 < n) {
      diagonal[k + 1] -= f * first[k];
      first[k + 1] -= f * second[k];
      x[k + 1] -= f * x[k];
    }
    if (k + 2 < n) {
      diagonal[k + 2] -= s * second[k];
      x[k + 2] -= s * x[k];
    }
  }
  for (std::size_t k = n; k-- > 0;) {
    double value = x[k];
    if (k + 1 < n) value -= first[k] * x[k + 1];
    if (k + 2 < n) value -= second[k] * x[k + 2];
    x[k] = value / diagonal[k];
  }
  return x;
}

}  // namespace kinetone::music
