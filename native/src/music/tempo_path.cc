#include "music/tempo_path.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <deque>

namespace kinetone::music {
namespace {

constexpr std::size_t kBlock = 100;  // frames of one step of the path
constexpr std::size_t kLags = 432;
constexpr std::size_t kReach = 5;  // blocks to each side that a step hears
constexpr double kShortestPeriod = 0.27 * kFrameRate, kStep = 0.01;
constexpr std::size_t kPeriods = 154;  // up to 1.25 s
constexpr int kTeeth = 4;
constexpr int kFarthestMove = 5;
// Of a move of one period step (1 %) in a second, in units of the comb's correlation.
constexpr double kMovePenalty = 0.002;

using Lags = std::array<float, kLags>;
using Comb = std::array<float, kPeriods>;

double PeriodOf(double step) { return kShortestPeriod * std::exp(kStep * step); }

void AddCorrelation(const std::vector<float>& curve, std::size_t first, Lags& sum) {
  const std::size_t end = std::min(first + kBlock, curve.size());
  for (std::size_t t = first; t < end; ++t) {
    const float x = curve[t];
    const float* later = curve.data() + t;
    const std::size_t lags = std::min(kLags, curve.size() - t);
    for (std::size_t lag = 0; lag < lags; ++lag) sum[lag] += x * later[lag];
  }
}

// What is constant for seconds, as noise that follows silence is, correlates with itself at every lag.
void SubtractLocalMean(std::vector<float>& curve) {
  constexpr std::size_t kHalf = 200;
  std::vector<double> sums(curve.size() + 1, 0.0);
  for (std::size_t t = 0; t < curve.size(); ++t) sums[t + 1] = sums[t] + static_cast<double>(curve[t]);
  for (std::size_t t = 0; t < curve.size(); ++t) {
    const std::size_t low = t < kHalf ? 0 : t - kHalf, high = std::min(curve.size(), t + kHalf + 1);
    curve[t] -= static_cast<float>((sums[high] - sums[low]) / static_cast<double>(high - low));
  }
}

// Mean correlation at the first multiples of each period, -1..1.
Comb CombOf(const Lags& lags) {
  Comb comb{};
  if (lags[0] <= 0) return comb;
  for (std::size_t p = 0; p < kPeriods; ++p) {
    float sum = 0;
    int teeth = 0;
    for (int tooth = 1; tooth <= kTeeth; ++tooth) {
      const double lag = tooth * PeriodOf(static_cast<double>(p));
      const auto low = static_cast<std::size_t>(lag);
      if (low + 1 >= kLags) break;
      const auto part = static_cast<float>(lag - std::floor(lag));
      sum += (1 - part) * lags[low] + part * lags[low + 1];
      ++teeth;
    }
    comb[p] = sum / (static_cast<float>(teeth) * lags[0]);
  }
  return comb;
}

// One comb per second of the sound, each of the blocks around it.
std::vector<Comb> Combs(const std::vector<float>& curve) {
  const std::size_t blocks = (curve.size() + kBlock - 1) / kBlock;
  std::vector<Comb> combs;
  std::deque<Lags> recent;  // blocks from `oldest` on
  std::size_t oldest = 0, made = 0;
  for (std::size_t b = 0; b < blocks; ++b) {
    for (; made < std::min(blocks, b + kReach + 1); ++made) {
      recent.emplace_back();
      recent.back().fill(0);
      AddCorrelation(curve, made * kBlock, recent.back());
    }
    for (; oldest + kReach < b; ++oldest) recent.pop_front();
    Lags sum{};
    for (std::size_t i = 0; i < recent.size(); ++i) {
      const double away = std::fabs(static_cast<double>(oldest + i) - static_cast<double>(b));
      const auto weight = static_cast<float>(1 - away / (kReach + 1));
      for (std::size_t lag = 0; lag < kLags; ++lag) sum[lag] += weight * recent[i][lag];
    }
    combs.push_back(CombOf(sum));
  }
  return combs;
}

std::vector<std::size_t> BestPath(const std::vector<Comb>& combs, const Comb& whole) {
  std::vector<std::array<std::int8_t, kPeriods>> came(combs.size());
  std::array<double, kPeriods> best{}, next{};
  for (std::size_t b = 0; b < combs.size(); ++b) {
    for (std::size_t p = 0; p < kPeriods; ++p) {
      int chosen = 0;
      double most = best[p];
      for (int move = -kFarthestMove; b > 0 && move <= kFarthestMove; ++move) {
        const auto from = static_cast<std::ptrdiff_t>(p) + move;
        if (from < 0 || from >= static_cast<std::ptrdiff_t>(kPeriods)) continue;
        const double value = best[static_cast<std::size_t>(from)] - kMovePenalty * move * move;
        if (value > most) most = value, chosen = move;
      }
      came[b][p] = static_cast<std::int8_t>(chosen);
      next[p] = most + static_cast<double>(combs[b][p]) + 0.5 * static_cast<double>(whole[p]);
    }
    best = next;
  }
  std::vector<std::size_t> path(combs.size());
  std::size_t p = static_cast<std::size_t>(std::max_element(best.begin(), best.end()) - best.begin());
  for (std::size_t b = combs.size(); b-- > 0;) {
    path[b] = p;
    p = static_cast<std::size_t>(static_cast<int>(p) + came[b][p]);
  }
  return path;
}

// Between two steps of the grid: the top of the parabola.
double Refined(const Comb& comb, std::size_t p) {
  if (p == 0 || p + 1 >= kPeriods) return static_cast<double>(p);
  const double low = static_cast<double>(comb[p - 1]), middle = static_cast<double>(comb[p]), high = static_cast<double>(comb[p + 1]);
  const double bend = low - 2 * middle + high;
  return static_cast<double>(p) + (bend < 0 ? std::clamp(0.5 * (low - high) / bend, -0.5, 0.5) : 0);
}

}  // namespace

double TempoPath::At(double frame) const {
  if (period.empty()) return kShortestPeriod;
  const double place = std::clamp(frame / kBlock - 0.5, 0.0, static_cast<double>(period.size() - 1));
  const auto low = static_cast<std::size_t>(place);
  const std::size_t high = std::min(low + 1, period.size() - 1);
  const double part = place - std::floor(place);
  return (1 - part) * period[low] + part * period[high];
}

double TempoPath::Median() const {
  if (period.empty()) return kShortestPeriod;
  std::vector<double> sorted = period;
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2), sorted.end());
  return sorted[sorted.size() / 2];
}

TempoPath FollowTempo(const OnsetCurves& curves) {
  std::vector<float> pulse = curves.beat;
  for (std::size_t t = 0; t < pulse.size() && curves.has_model(); ++t) pulse[t] += curves.model_beat[t];
  SubtractLocalMean(pulse);
  const std::vector<Comb> combs = Combs(pulse);
  Comb whole{};
  for (const Comb& comb : combs) {
    for (std::size_t p = 0; p < kPeriods; ++p) whole[p] += comb[p] / static_cast<float>(combs.size());
  }
  const std::vector<std::size_t> steps = BestPath(combs, whole);
  TempoPath path;
  double sum = 0;
  for (std::size_t b = 0; b < steps.size(); ++b) {
    path.strength.push_back(std::clamp(combs[b][steps[b]], 0.0f, 1.0f));
    sum += static_cast<double>(path.strength.back());
  }
  path.mean_strength = steps.empty() ? 0 : sum / static_cast<double>(steps.size());
  // A move on the grid is 1 %: the mean of five seconds follows a change as well and steps less.
  std::vector<double> refined(steps.size());
  for (std::size_t b = 0; b < steps.size(); ++b) refined[b] = Refined(combs[b], steps[b]);
  for (std::size_t b = 0; b < steps.size(); ++b) {
    const std::size_t reach = std::min({std::size_t{2}, b, steps.size() - 1 - b});
    double step = 0;
    for (std::size_t i = b - reach; i <= b + reach; ++i) step += refined[i] / static_cast<double>(2 * reach + 1);
    path.period.push_back(PeriodOf(step));
  }
  return path;
}

}  // namespace kinetone::music
