// The curves in which beats are sought: rises of four bands and of all together, levelled so that a quiet passage speaks as clearly
// as a loud one.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "music/song_features.h"

namespace kinetone::music {

struct OnsetCurves {
  // kFrameRate a second; each divided by its own root mean square of the 10 s around, at least a fifth of the whole song's.
  std::array<std::vector<float>, kGroups> group;
  // Their weighted sum, smoothed, of mean 0 and variance 1: what the tracker follows. Replaced by a model's activations.
  std::vector<float> beat;
  // A model's belief in downbeats, as `beat`; empty without one.
  std::vector<float> downbeat;

  std::size_t frames() const { return beat.size(); }
};

// Frees the features' flux.
OnsetCurves MakeOnsetCurves(SongFeatures& features);

// A model's activations: (beat, downbeat) `rate` times a second, the first at `start` seconds.
struct Activations {
  std::vector<float> values;
  double rate = 50, start = 0;
  bool empty() const { return values.empty(); }
};

void UseActivations(const Activations& activations, OnsetCurves& curves);

// Divides by the root mean square of the `window` values around each, at least `floor_share` of the whole curve's.
void LevelCurve(std::vector<float>& curve, std::size_t window, double floor_share);
// Mean 0 and variance 1, when there is any.
void StandardizeCurve(std::vector<float>& curve);
// Gaussian, `sigma` in frames.
void SmoothCurve(std::vector<float>& curve, double sigma);

}  // namespace kinetone::music
