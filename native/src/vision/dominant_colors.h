// The five colours that stand for a picture, each keeping its slot from frame to frame.
// Source: weighted k-means (Lloyd, 1982) on the occupied histogram cells, started from the previous frame's centres.
#pragma once

#include <array>
#include <vector>

#include "rt/dispatch.h"
#include "vision/color_histogram.h"
#include "vision/feature_row.h"

namespace kinetone::vision {

struct DominantColor {
  Yuv color;
  float weight = 0.0F;  // share of the picture, 0..1; 0 = the slot is empty
};

// Colours as structure of arrays; `count` is a multiple of eight.
struct ColorArrays {
  const float *y, *u, *v;
  int count;
};

struct ColorSum {
  float y, u, v, weight;
};

struct DominantColorKernels {
  // The nearest of the centres whose weight is above 0 for each colour: its index, -1 where there is none, and its squared
  // distance.
  void (*assign)(const ColorArrays& colors, const DominantColor* centers, int centers_count, std::int32_t* owner, float* distance);
  // The sums of the colours and weights that belong to an owner; the colours are given times their weights.
  ColorSum (*sum)(const ColorArrays& weighted, const float* weights, const std::int32_t* owner, std::int32_t whose);
  // The largest weight * min(distance, most) of colours at least `least` away; 0 when there is none.
  float (*worth)(const float* weights, const float* distance, int count, float least, float most);
};

KINETONE_DISPATCH(DominantColorKernels, DominantColorLoops)

// Squared, in units of luma; hue separates colours for the eye more than lightness does.
inline constexpr float kChromaWeight = 2.0F;

class DominantColors {
 public:
  // Forgets the slots: the next Update fills them anew, sorted by weight. Call at a hard cut.
  void Reset();

  // Weights sum to 1. A slot keeps following the colour it holds; a colour that vanishes leaves its slot empty until a
  // new one appears.
  const std::array<DominantColor, kDominantColors>& Update(const std::vector<ColorPoint>& points);

 private:
  void Seed(const std::vector<ColorPoint>& points);
  void Load(const std::vector<ColorPoint>& points);
  void Assign();
  bool Recenter();
  void Prune();
  int FreeSlot(float candidate_share);

  bool is_fresh_ = true;
  std::array<DominantColor, kDominantColors> slots_;
  // Of the points, filled up to a multiple of eight by a colour without weight; the second row times the weight.
  std::vector<float> y_, u_, v_;
  std::vector<float> weighted_y_, weighted_u_, weighted_v_, weight_;
  std::vector<std::int32_t> owner_;
  std::vector<float> distance_;  // squared, of each point to its owner
};

}  // namespace kinetone::vision
