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
  // Their weighted sum, smoothed, of mean 0 and variance 1: what the tracker follows.
  std::vector<float> beat;
  // How much the harmony of the 0.4 s after a frame differs from that before, over its root mean square.
  std::vector<float> chord;
  // A model's belief in beats, levelled as `beat`, and in downbeats, 0..1; empty without one.
  std::vector<float> model_beat, model_downbeat;

  std::size_t frames() const { return beat.size(); }
  bool has_model() const { return !model_beat.empty(); }
};

// Frees the features' flux.
OnsetCurves MakeOnsetCurves(SongFeatures& features);

// A model's activations: (beat, downbeat) `rate` times a second, the first at `start` seconds.
struct Activations {
  std::vector<float> values;
  double rate = 50, start = 0;
  bool empty() const { return values.empty(); }
};

// Puts them beside the curves.
void UseActivations(const Activations& activations, OnsetCurves& curves);

// Divides by the root mean square of the `window` values around each, at least `floor_share` of the whole curve's.
void LevelCurve(std::vector<float>& curve, std::size_t window, double floor_share);
// Mean 0 and variance 1, when there is any.
void StandardizeCurve(std::vector<float>& curve);
// Gaussian, `sigma` in frames.
void SmoothCurve(std::vector<float>& curve, double sigma);

}  // namespace kinetone::music
