// The rhythm sequencer: Euclidean patterns in layers per kit, complexity sets how many hits, the balance of edges chooses
// between low and high voices. Source: Toussaint, "The Euclidean algorithm generates traditional musical rhythms", 2005.
#pragma once

#include <array>
#include <cstdint>

#include "control/clock.h"
#include "control/mapping.h"

namespace kinetone::control {

// The sounds of a drum kit; every kit has all of them.
enum class Drum : int { kKick, kSnare, kClap, kClosedHat, kOpenHat, kLowPerc, kHighPerc, kTom, kCrash, kImpact, kCount };
inline constexpr std::size_t kDrumCount = static_cast<std::size_t>(Drum::kCount);

// True when step (0..15) carries one of `hits` hits spread as evenly as possible over 16 steps, the first on `rotation`.
constexpr bool IsEuclideanHit(int step, int hits, int rotation) {
  const int at = ((step - rotation) % kStepsPerBar + kStepsPerBar) % kStepsPerBar;
  return (at * hits) % kStepsPerBar < hits;
}

inline constexpr int kComplexityLevels = 13;  // 0 = silence
inline constexpr int kLayers = 5;
inline constexpr int kBalanceZones = 3;  // low, middle, high

struct RhythmLayer {
  int rotation;
  std::array<std::int8_t, kComplexityLevels> hits;  // per complexity level
  std::array<Drum, kBalanceZones> drums;             // by balance, low to high
  float velocity;
  float offbeat_velocity;  // on steps that are not on a beat
};

using RhythmPattern = std::array<RhythmLayer, kLayers>;
const RhythmPattern& PatternOf(Kit kit);

struct DrumHit {
  Drum drum;
  float velocity;
  float pitch = 0.0f;  // semitones
};

inline constexpr int kMaxHitsPerStep = 8;

class Rhythm {
 public:
  void Init() { level_ = 0; zone_ = 1; }
  // Reads complexity and balance (0..1) with hysteresis; called on beats, so that a pattern lasts at least a beat.
  void Choose(float complexity, float balance);
  // The hits of one step of the bar. Returns how many were written.
  int HitsAt(Kit kit, int step_in_bar, std::array<DrumHit, kMaxHitsPerStep>& hits) const;
  int level() const { return level_; }

 private:
  int level_ = 0;
  int zone_ = 1;
};

}  // namespace kinetone::control
