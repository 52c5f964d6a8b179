// Which pulse is the beat: half, double, triple or between is most of what beat trackers get wrong. Every level near the tempo path
// is tracked, on the beat and off it, and what each would make of the bands is weighed: what lies on the beats, between them, what
// alternates from beat to beat, and how usual the tempo is.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "music/beat_track.h"
#include "music/onset_curves.h"
#include "music/tempo_path.h"

namespace kinetone::music {

inline constexpr std::size_t kLevelMeasures = 83;
using LevelMeasures = std::array<double, kLevelMeasures>;

struct BeatHypothesis {
  double level = 1;       // beats per pulse of the path
  double shift = 0;       // parts of a beat later than the tracker said
  double tempo = 0;       // median, beats per minute
  std::vector<double> beats;  // frames
  LevelMeasures measures{};
  double score = 0, probability = 0;
};

// All hypotheses, the likeliest first; probabilities sum to 1. Empty when there are fewer than three beats at every level.
std::vector<BeatHypothesis> WeighLevels(const OnsetCurves& curves, const TempoPath& path);

// The greatest of five values around each.
std::vector<float> Crests(const std::vector<float>& curve);

}  // namespace kinetone::music
