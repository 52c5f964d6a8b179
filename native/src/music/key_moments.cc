#include "music/key_moments.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace kinetone::music {
namespace {

constexpr double kHeard = 0.1, kAround = 8, kPull = 2;
constexpr std::array<double, kMomentKinds> kUsualPlaces = {0, 0.12, 0.35, 0.45, 0.65, 0.78, 0.94};

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
  double Rise(double t) const { return Mean(t, t + kAround) - Mean(t - kAround, t); }
  double Seconds() const { return static_cast<double>(sums_.size() - 1); }

 private:
  double Until(double t) const {
    const auto s = std::min(static_cast<std::size_t>(t), sums_.size() - 1), next = std::min(s + 1, sums_.size() - 1);
    return sums_[s] + (t - static_cast<double>(s)) * (sums_[next] - sums_[s]);
  }
  std::vector<double> sums_;
};

double Worth(MomentKind kind, double t, const Energies& energies) {
  switch (kind) {
    case MomentKind::kIntro: return 0;
    case MomentKind::kVerse: return energies.Rise(t);
    case MomentKind::kBuild: return energies.Mean(t + 8, t + 16) - energies.Mean(t, t + 4);
    case MomentKind::kClimax:
    case MomentKind::kPeak: return energies.Mean(t, t + kAround) + energies.Rise(t);
    case MomentKind::kBridge: return -energies.Mean(t, t + kAround) - energies.Rise(t);
    case MomentKind::kResolution: return -energies.Rise(t);
  }
  return 0;
}

std::vector<double> HeardPlaces(const std::vector<double>& places, const Energies& energies) {
  std::size_t first = 0, end = places.size();
  const auto is_heard = [&](double t) { return energies.Mean(t, t + 2) > kHeard; };
  while (first < end && !is_heard(places[first])) ++first;
  while (end > first && !is_heard(places[end - 1])) --end;
  return {places.begin() + static_cast<std::ptrdiff_t>(first), places.begin() + static_cast<std::ptrdiff_t>(end)};
}

}  // namespace

std::vector<KeyMoment> FindKeyMoments(const std::vector<double>& places, const std::vector<float>& energy) {
  const Energies energies(energy);
  const std::vector<double> heard = HeardPlaces(places, energies);
  const std::size_t n = heard.size(), kinds = std::min(n, kMomentKinds);
  if (n == 0) return {};
  const double length = std::max(1e-9, heard.back() - heard.front());
  // best[k][i]: of kinds 0..k, the last of them at i or before; taken: whether it is at i.
  std::vector<double> best(n, 0.0), next(n);
  std::vector<std::vector<bool>> taken(kinds, std::vector<bool>(n, false));
  for (std::size_t k = 1; k < kinds; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      next[i] = i == 0 ? -1e300 : next[i - 1];
      if (i < k) continue;
      const double away = (heard[i] - heard.front()) / length - kUsualPlaces[k];
      const double worth = best[i - 1] + Worth(static_cast<MomentKind>(k), heard[i], energies) - kPull * away * away;
      if (worth > next[i]) {
        next[i] = worth;
        taken[k][i] = true;
      }
    }
    best = next;
  }
  std::vector<KeyMoment> moments;
  std::size_t i = n - 1;
  for (std::size_t k = kinds; k-- > 1; --i) {
    while (!taken[k][i]) --i;
    moments.push_back({heard[i], static_cast<MomentKind>(k), energies.Mean(heard[i], heard[i] + 4)});
  }
  moments.push_back({heard[0], MomentKind::kIntro, energies.Mean(heard[0], heard[0] + 4)});
  std::reverse(moments.begin(), moments.end());
  for (KeyMoment& moment : moments) moment.energy = std::clamp(moment.energy, 0.0, 1.0);
  return moments;
}

}  // namespace kinetone::music
