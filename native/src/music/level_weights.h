// Weights of metrical_level.cc's measures: a conditional logit (McFadden 1974) over the hypotheses of each piece, fitted to pieces
// whose beats are known. docs/song.md says to which, and how well it holds on kinds of music it was not fitted to.
#pragma once

#include <array>

#include "music/metrical_level.h"

namespace kinetone::music {

inline constexpr LevelMeasures kLevelWeights = {
    1.06, -3.03, -2.89, 1.16, 1.26, -0.718, 0.187, -0.78,
    -1.06, -0.902, 1.24, 0.0295, -0.871, 0.534, -0.186, 0.595,
    -0.843, -0.534, 1.57, 0.459, 0.025, -0.725, 0.323, 0.425,
    0.202, 0.958, 0.497, -0.0376, 1.34, 0.17, -0.958, -0.0263,
    -0.263, 0.0555, -0.504, 0.788, 0.263, 0.943, 3.63, -0.346,
    0.595, 0.672, -1.51, 0.927, 0.624, 0, 0, 0};

}  // namespace kinetone::music
