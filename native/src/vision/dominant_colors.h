// The five colours that stand for a picture, each keeping its slot from frame to frame.
// Source: weighted k-means (Lloyd, 1982) on the occupied histogram cells, started from the previous frame's centres.
#pragma once

#include <array>
#include <vector>

#include "vision/color_histogram.h"
#include "vision/feature_row.h"

namespace kinetone::vision {

struct DominantColor {
  Yuv color;
  float weight = 0.0F;  // share of the picture, 0..1; 0 = the slot is empty
};

class DominantColors {
 public:
  // Forgets the slots: the next Update fills them anew, sorted by weight. Call at a hard cut.
  void Reset();

  // Weights sum to 1. A slot keeps following the colour it holds; a colour that vanishes leaves its slot empty until a
  // new one appears.
  const std::array<DominantColor, kDominantColors>& Update(const std::vector<ColorPoint>& points);

 private:
  void Seed(const std::vector<ColorPoint>& points);
  void Assign(const std::vector<ColorPoint>& points);
  bool Recenter(const std::vector<ColorPoint>& points);
  void Prune();
  int FreeSlot(float candidate_share);

  bool is_fresh_ = true;
  std::array<DominantColor, kDominantColors> slots_;
  std::vector<std::int8_t> owner_;
  std::vector<float> distance_;  // squared, of each point to its owner
};

}  // namespace kinetone::vision
