#include "music/key_moments.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace kinetone::music {
namespace {

constexpr double kHeard = 0.1, kTurn = 0.06, kSmallTurn = 0.04, kAround = 8;

class Energies {
 public:
  explicit Energies(const std::vector<float>& energy) : sums_(energy.size() + 1, 0.0) {
    for (std::size_t s = 0; s < energy.size(); ++s) sums_[s + 1] = sums_[s] + static_cast<double>(energy[s]);
  }
  double Mean(double from, double to) const {
    from = std::clamp(from, 0.0, Seconds());
    to = std::clamp(to, 0.0, Seconds());
    return to > from ? (Until(to) - Until(from)) / (to - from) : 0;
  }
  double Rise(double t) const { return t < 1 ? 0 : Mean(t, t + kAround) - Mean(t - kAround, t); }
  double Seconds() const { return static_cast<double>(sums_.size() - 1); }

 private:
  double Until(double t) const {
    const auto s = std::min(static_cast<std::size_t>(t), sums_.size() - 1), next = std::min(s + 1, sums_.size() - 1);
    return sums_[s] + (t - static_cast<double>(s)) * (sums_[next] - sums_[s]);
  }
  std::vector<double> sums_;
};

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t Best(const std::vector<double>& places, double from, double to, double least, const std::function<double(double)>& worth) {
  std::size_t best = kNone;
  double most = least;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (places[i] < from || places[i] > to) continue;
    const double value = worth(places[i]);
    if (value > most) most = value, best = i;
  }
  return best;
}

}  // namespace

std::vector<KeyMoment> FindKeyMoments(const std::vector<double>& places, const std::vector<float>& energy) {
  const Energies energies(energy);
  std::vector<KeyMoment> moments;
  std::vector<bool> is_taken(places.size(), false);
  const auto add = [&](MomentKind kind, std::size_t place) {
    if (place == kNone || is_taken[place]) return;
    is_taken[place] = true;
    moments.push_back({places[place], kind, std::clamp(energies.Mean(places[place], places[place] + 4), 0.0, 1.0)});
  };
  std::size_t start = kNone, last = kNone;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (start == kNone && energies.Mean(places[i], places[i] + 2) > kHeard) start = i;
    if (energies.Mean(places[i], places[i] + 1) > kHeard) last = i;
  }
  if (start == kNone) return moments;
  const double from = places[start] + 2, to = places[last] - 2, end = energies.Seconds();
  const auto rise = [&](double t) { return energies.Rise(t); };
  const std::size_t drop = Best(places, from, to, kTurn, rise);
  const std::size_t quietest = Best(places, from, std::min(to, end - kAround), kTurn, [&](double t) { return -energies.Rise(t); });
  add(MomentKind::kStart, start);
  add(MomentKind::kEnd, last);
  add(MomentKind::kDrop, drop);
  add(MomentKind::kClimax, Best(places, from, std::max(from, end - kAround), 0, [&](double t) { return energies.Mean(t, t + kAround); }));
  add(MomentKind::kBreak, quietest);
  if (quietest != kNone) add(MomentKind::kReturn, Best(places, places[quietest] + 4, to, kSmallTurn, rise));
  if (drop != kNone) add(MomentKind::kBuild, Best(places, places[drop] - 32, places[drop] - 2, -2, [&](double t) { return -energies.Mean(t, t + 4); }));
  std::sort(moments.begin(), moments.end(), [](const KeyMoment& a, const KeyMoment& b) { return a.time < b.time; });
  return moments;
}

}  // namespace kinetone::music
